package dev.glissade;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The names and shapes of the parameter blocks inside one flat vector θ, in order and without
/// gaps.
///
/// Layouts are values: equal blocks make equal layouts.
public final class ParameterLayout {

  private final List<Block> blocks;
  private final List<Slice> slices;
  private final int size;

  /// A named block of parameters with its shape.
  ///
  /// @param name for people, such as `conv1/weights`
  /// @param shape its dimensions, each ≥ 1; empty for a scalar
  public record Block(String name, List<Integer> shape) {

    public Block {
      shape = List.copyOf(shape);
      for (int extent : shape) {
        if (extent < 1) {
          throw new IllegalArgumentException(
              "block '%s': every extent must be >= 1, got %s".formatted(name, shape));
        }
      }
    }

    /// The number of coordinates in this block.
    public int size() {
      long size = 1;
      for (int extent : shape) {
        size = Math.multiplyExact(size, extent);
      }
      return Math.toIntExact(size);
    }
  }

  /// A block and the place where it lies in θ.
  ///
  /// @param block the block
  /// @param offset the index of its first coordinate in θ
  /// @param end the index after its last
  public record Slice(Block block, int offset, int end) {

    /// The number of coordinates in the slice.
    public int size() {
      return end - offset;
    }

    /// This block's part of a flat vector, copied.
    ///
    /// @param flat `float[N]`
    public float[] of(float[] flat) {
      return Arrays.copyOfRange(flat, offset, end);
    }
  }

  /// A layout of these blocks.
  ///
  /// @param blocks at least one
  public ParameterLayout(List<Block> blocks) {
    if (blocks.isEmpty()) {
      throw new IllegalArgumentException("a layout needs at least one block");
    }
    this.blocks = List.copyOf(blocks);
    List<Slice> slices = new ArrayList<>(blocks.size());
    int offset = 0;
    for (Block block : blocks) {
      int end = Math.addExact(offset, block.size());
      slices.add(new Slice(block, offset, end));
      offset = end;
    }
    this.slices = List.copyOf(slices);
    this.size = offset;
  }

  /// A layout of one block.
  public static ParameterLayout of(String name, int... shape) {
    return new ParameterLayout(List.of(block(name, shape)));
  }

  /// A block with this name and shape.
  public static Block block(String name, int... shape) {
    return new Block(name, Arrays.stream(shape).boxed().toList());
  }

  /// The blocks of the layout, in order.
  public List<Block> blocks() {
    return blocks;
  }

  /// The blocks of the layout, in order, with the places where they lie.
  public List<Slice> slices() {
    return slices;
  }

  /// The block of this name.
  ///
  /// @throws IllegalArgumentException if there is none
  public Slice slice(String name) {
    return slices.stream()
        .filter(slice -> slice.block.name.equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "there is no block '%s'; there are: %s".formatted(name, names())));
  }

  /// N, the number of coordinates in all blocks together.
  public int size() {
    return size;
  }

  /// Which coordinates are in a block that the filter takes, `boolean[size()]`.
  ///
  /// @throws IllegalArgumentException if none are
  public boolean[] mask(BlockFilter filter) {
    boolean[] mask = new boolean[size];
    boolean any = false;
    for (Slice slice : slices) {
      if (filter.matches(slice.block)) {
        Arrays.fill(mask, slice.offset, slice.end, true);
        any = true;
      }
    }
    if (!any) {
      throw new IllegalArgumentException(
          "no block matches '%s'; there are: %s".formatted(filter, names()));
    }
    return mask;
  }

  private String names() {
    return String.join(", ", blocks.stream().map(Block::name).toList());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ParameterLayout layout && layout.blocks.equals(blocks);
  }

  @Override
  public int hashCode() {
    return blocks.hashCode();
  }

  @Override
  public String toString() {
    return blocks.toString();
  }
}
