package dev.glissade;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/// The names and shapes of the parameter blocks inside one flat vector θ, in order and without
/// gaps.
///
/// @param blocks the blocks, at least one
public record ParameterLayout(List<Block> blocks) {

  /// One named block.
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

  public ParameterLayout {
    blocks = List.copyOf(blocks);
    if (blocks.isEmpty()) {
      throw new IllegalArgumentException("a layout needs at least one block");
    }
  }

  /// A layout of one block.
  public static ParameterLayout of(String name, int... shape) {
    return new ParameterLayout(List.of(block(name, shape)));
  }

  /// One block, for [#ParameterLayout].
  public static Block block(String name, int... shape) {
    List<Integer> extents = new ArrayList<>(shape.length);
    for (int extent : shape) {
      extents.add(extent);
    }
    return new Block(name, extents);
  }

  /// N, the number of coordinates in all blocks together.
  public int size() {
    int size = 0;
    for (Block block : blocks) {
      size = Math.addExact(size, block.size());
    }
    return size;
  }

  /// Which coordinates are in a block in whose name the pattern is found, `boolean[size()]`.
  ///
  /// @throws IllegalArgumentException if none are
  public boolean[] mask(Pattern pattern) {
    boolean[] mask = new boolean[size()];
    int offset = 0;
    boolean any = false;
    for (Block block : blocks) {
      boolean found = pattern.matcher(block.name).find();
      Arrays.fill(mask, offset, offset + block.size(), found);
      any |= found;
      offset += block.size();
    }
    if (!any) {
      throw new IllegalArgumentException(
          "no block matches '%s'; there are: %s"
              .formatted(pattern, String.join(", ", blocks.stream().map(Block::name).toList())));
    }
    return mask;
  }
}
