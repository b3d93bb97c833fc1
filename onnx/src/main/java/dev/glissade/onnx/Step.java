package dev.glissade.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.glissade.onnx.Tensor.Dimension;
import dev.glissade.onnx.Tensor.Element;
import dev.glissade.onnx.Tensor.Fixed;
import dev.glissade.onnx.Tensor.Open;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One step of a rule inside a graph: what the rule is given, and what it remembers until the next
/// one.
///
/// The inputs of the graph are the gradient, the count of steps where the rule asks for it, and all
/// that is remembered; the outputs are the update, and what is remembered in the same order.
final class Step {

  private static final String GRADIENT = "gradient";
  private static final String COUNT = "step";
  private static final String UPDATE = "update";

  private final Graph graph = new Graph();
  private final List<Memory> memories = new ArrayList<>();
  private final Value gradient = graph.input(GRADIENT, DataType.FLOAT);
  private Optional<Value> count = Optional.empty();
  private boolean isMatrix;

  /// Something that is remembered from one step to the next; 0 before the first.
  final class Memory {

    private final String name;
    private final boolean isForEachCoordinate;
    private final List<Dimension> more;
    private final Value before;
    private boolean isKnown;

    private Memory(String name, boolean isForEachCoordinate, List<Dimension> more) {
      this.name = name;
      this.isForEachCoordinate = isForEachCoordinate;
      this.more = more;
      before = graph.input(name, DataType.FLOAT);
    }

    /// The value before the step.
    Value before() {
      return before;
    }

    /// Says what it is after the step, once.
    ///
    /// @return that value
    Value becomes(Value after) {
      if (isKnown) {
        throw new IllegalStateException(name + " has its next value already");
      }
      isKnown = true;
      graph.name(after, next());
      return after;
    }

    private String next() {
      return "next_" + name;
    }

    private Tensor tensor(String named) {
      List<Dimension> shape = new ArrayList<>(isForEachCoordinate ? block() : List.of());
      shape.addAll(more);
      return new Tensor(named, Element.FLOAT, shape);
    }
  }

  /// The graph that the step is part of.
  Graph graph() {
    return graph;
  }

  /// The gradient of the block, floats.
  Value gradient() {
    return gradient;
  }

  /// The number of steps before this one, as a single double.
  Value count() {
    if (count.isEmpty()) {
      count = Optional.of(graph.input(COUNT, DataType.INT64).as(DataType.DOUBLE));
    }
    return count.get();
  }

  /// Says that the rule looks at its block as a matrix.
  void requireMatrix() {
    isMatrix = true;
  }

  /// Memory for each coordinate.
  ///
  /// @param name that no other memory has, a C identifier
  /// @param more dimensions behind those of the block, if it is more than a number
  Memory memory(String name, long... more) {
    List<Dimension> dimensions = new ArrayList<>();
    for (long extent : more) {
      dimensions.add(new Fixed(extent));
    }
    return add(new Memory(name, true, dimensions));
  }

  /// Memory of a single number.
  Memory number(String name) {
    return add(new Memory(name, false, List.of()));
  }

  private Memory add(Memory memory) {
    if (memories.stream().anyMatch(other -> other.name.equals(memory.name))) {
      throw new IllegalStateException("two memories are called " + memory.name);
    }
    memories.add(memory);
    return memory;
  }

  /// The shape of the block.
  private List<Dimension> block() {
    return isMatrix ? List.of(new Open("rows"), new Open("columns")) : List.of(new Open("N"));
  }

  /// The inputs of the graph.
  List<Tensor> inputs() {
    List<Tensor> inputs = new ArrayList<>();
    inputs.add(new Tensor(GRADIENT, Element.FLOAT, block()));
    if (count.isPresent()) {
      inputs.add(new Tensor(COUNT, Element.INT64, List.of()));
    }
    memories.forEach(memory -> inputs.add(memory.tensor(memory.name)));
    return inputs;
  }

  /// The outputs of the graph.
  List<Tensor> outputs() {
    List<Tensor> outputs = new ArrayList<>();
    outputs.add(new Tensor(UPDATE, Element.FLOAT, block()));
    for (Memory memory : memories) {
      if (!memory.isKnown) {
        throw new IllegalStateException(memory.name + " has no next value");
      }
      outputs.add(memory.tensor(memory.next()));
    }
    return outputs;
  }

  /// The whole graph.
  ///
  /// @param update of the shape of the gradient
  GraphProto build(String name, Value update) {
    graph.name(update, UPDATE);
    return graph.build(name, inputs(), outputs());
  }
}
