package dev.glissade.onnx;

import java.util.List;

/// An input or output of a graph.
///
/// @param name in the graph
/// @param element the type of its numbers
/// @param shape its dimensions, outermost first; none for a single number
public record Tensor(String name, Element element, List<Dimension> shape) {

  /// A type of numbers.
  public enum Element {
    /// 32-bit floating point.
    FLOAT,
    /// 64-bit integers.
    INT64
  }

  /// The extent of a tensor in one direction.
  public sealed interface Dimension {}

  /// An extent that is open: equal names are equal extents.
  public record Open(String name) implements Dimension {
    @Override
    public String toString() {
      return name;
    }
  }

  /// An extent that is part of the rule.
  ///
  /// @param extent ≥ 1
  public record Fixed(long extent) implements Dimension {
    @Override
    public String toString() {
      return Long.toString(extent);
    }
  }

  /// A tensor of that shape, which is copied.
  public Tensor {
    shape = List.copyOf(shape);
  }

  /// The tensor as people read it, such as `lstm0_hidden float[N, 20]`.
  @Override
  public String toString() {
    String type =
        switch (element) {
          case FLOAT -> "float";
          case INT64 -> "int64";
        };
    return name + " " + type + (shape.isEmpty() ? "" : shape.toString());
  }
}
