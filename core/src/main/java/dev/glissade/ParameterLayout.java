package dev.glissade;

import java.util.ArrayList;
import java.util.List;

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
}
