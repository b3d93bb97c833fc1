package dev.glissade.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.List;

/// A tensor inside a graph, and what can be done with it: each operation adds a node to the graph
/// and gives its result. Shapes are broadcast as in numpy. Numbers take the type of the value.
///
/// @param graph that it is part of
/// @param name in the graph
/// @param type of its elements
record Value(Graph graph, String name, DataType type) {

  Value plus(Value other) {
    return arithmetic("Add", other);
  }

  Value plus(double number) {
    return plus(graph.constant(type, number));
  }

  Value minus(Value other) {
    return arithmetic("Sub", other);
  }

  Value times(Value other) {
    return arithmetic("Mul", other);
  }

  Value times(double number) {
    return times(graph.constant(type, number));
  }

  Value over(Value other) {
    return arithmetic("Div", other);
  }

  Value over(double number) {
    return over(graph.constant(type, number));
  }

  /// number − this
  Value from(double number) {
    return graph.constant(type, number).minus(this);
  }

  /// number / this
  Value under(double number) {
    return graph.constant(type, number).over(this);
  }

  /// numberᵗʰⁱˢ
  Value exponentOf(double number) {
    return graph.constant(type, number).arithmetic("Pow", this);
  }

  Value min(Value other) {
    return arithmetic("Min", other);
  }

  Value min(double number) {
    return min(graph.constant(type, number));
  }

  Value max(Value other) {
    return arithmetic("Max", other);
  }

  Value max(double number) {
    return max(graph.constant(type, number));
  }

  Value clamp(double least, double largest) {
    return graph.node(
        "Clip", type, List.of(this, graph.constant(type, least), graph.constant(type, largest)));
  }

  /// What would be infinite counts as the largest float.
  Value saturated() {
    return clamp(-Float.MAX_VALUE, Float.MAX_VALUE);
  }

  Value sqrt() {
    return graph.node("Sqrt", type, List.of(this));
  }

  Value exp() {
    return graph.node("Exp", type, List.of(this));
  }

  Value log() {
    return graph.node("Log", type, List.of(this));
  }

  Value sin() {
    return graph.node("Sin", type, List.of(this));
  }

  Value tanh() {
    return graph.node("Tanh", type, List.of(this));
  }

  Value abs() {
    return graph.node("Abs", type, List.of(this));
  }

  /// −1, 0 or 1.
  Value sign() {
    return graph.node("Sign", type, List.of(this));
  }

  /// Whether elements are above a number.
  Value isAbove(double number) {
    return isAbove(graph.constant(type, number));
  }

  /// Whether elements are above those of another.
  Value isAbove(Value other) {
    return graph.node("Greater", DataType.BOOL, List.of(this, other));
  }

  /// Whether elements are a number or above it.
  Value isAtLeast(double number) {
    return graph.node("GreaterOrEqual", DataType.BOOL, List.of(this, graph.constant(type, number)));
  }

  /// One value where this is true and another where it is not.
  Value choose(Value where, Value otherwise) {
    return graph.node("Where", where.type, List.of(this, where, otherwise));
  }

  /// The elements as numbers of another type.
  Value as(DataType other) {
    return graph.node("Cast", other, List.of(this), integer("to", Graph.code(other)));
  }

  /// The sum of all squares, a single number.
  Value sumOfSquares() {
    return graph.node("ReduceSumSquare", type, List.of(this), integer("keepdims", 0));
  }

  Value matrixProduct(Value other) {
    return arithmetic("MatMul", other);
  }

  /// The transposed matrix.
  Value transposed() {
    return graph.node("Transpose", type, List.of(this), TRANSPOSITION);
  }

  /// This matrix, transposed where a single condition holds.
  Value transposedIf(Value condition) {
    return graph.node(
        "If",
        type,
        List.of(condition),
        branch(
            "then_branch",
            NodeProto.newBuilder().setOpType("Transpose").addAttribute(TRANSPOSITION)),
        branch("else_branch", NodeProto.newBuilder().setOpType("Identity")));
  }

  /// The extents, integers in a row.
  Value shape() {
    return graph.node("Shape", DataType.INT64, List.of(this));
  }

  /// One of several numbers in a row.
  Value element(int index) {
    return graph.node(
        "Gather", type, List.of(this, graph.constant(DataType.INT64, index)), integer("axis", 0));
  }

  /// The same elements in another shape.
  Value reshape(Value shape) {
    return graph.node("Reshape", type, List.of(this, shape));
  }

  /// Elements side by side: the last dimension has as many as there are parts.
  static Value stack(List<Value> parts) {
    Value first = parts.getFirst();
    Value last = first.graph.integers(-1);
    List<Value> columns =
        parts.stream()
            .map(part -> first.graph.node("Unsqueeze", first.type, List.of(part, last)))
            .toList();
    return columns.size() == 1
        ? columns.getFirst()
        : first.graph.node("Concat", first.type, columns, integer("axis", -1));
  }

  private static final AttributeProto TRANSPOSITION =
      AttributeProto.newBuilder()
          .setName("perm")
          .setType(AttributeType.INTS)
          .addInts(1)
          .addInts(0)
          .build();

  static AttributeProto integer(String name, long value) {
    return AttributeProto.newBuilder().setName(name).setType(AttributeType.INT).setI(value).build();
  }

  /// What becomes of this value in one branch.
  private AttributeProto branch(String name, NodeProto.Builder node) {
    String result = graph.freshName();
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.GRAPH)
        .setG(
            GraphProto.newBuilder()
                .setName(name)
                .addNode(node.setName(result + "_node").addInput(this.name).addOutput(result))
                .addOutput(
                    ValueInfoProto.newBuilder()
                        .setName(result)
                        .setType(
                            TypeProto.newBuilder()
                                .setTensorType(
                                    TypeProto.Tensor.newBuilder().setElemType(Graph.code(type))))))
        .build();
  }

  private Value arithmetic(String operator, Value other) {
    if (other.type != type) {
      throw new IllegalStateException(
          "%s of %s and %s: ONNX converts no types".formatted(operator, type, other.type));
    }
    return graph.node(operator, type, List.of(this, other));
  }
}
