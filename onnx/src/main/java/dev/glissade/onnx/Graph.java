package dev.glissade.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.glissade.onnx.Tensor.Fixed;
import dev.glissade.onnx.Tensor.Open;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A graph in the making. [Value] has the operations, which are added here in the order in which
/// they are called, as ONNX wants them: what is used comes first.
final class Graph {

  private final GraphProto.Builder graph = GraphProto.newBuilder();
  private final Map<Constant, Value> constants = new HashMap<>();
  private int values;

  /// A number that the graph has already.
  private record Constant(DataType type, double value) {}

  /// The value of an input, to be declared by [#build].
  Value input(String name, DataType type) {
    return new Value(this, name, type);
  }

  /// A single number, rounded to its type.
  Value constant(DataType type, double value) {
    return constants.computeIfAbsent(new Constant(type, value), _ -> number(type, value));
  }

  private Value number(DataType type, double value) {
    TensorProto.Builder tensor = tensor(freshName(), type);
    switch (type) {
      case FLOAT -> tensor.addFloatData((float) value);
      case DOUBLE -> tensor.addDoubleData(value);
      case INT64 -> tensor.addInt64Data((long) value);
      default -> throw new IllegalStateException("no numbers of the type " + type);
    }
    return add(tensor);
  }

  /// Whole numbers in a row, for shapes and axes.
  Value integers(long... numbers) {
    TensorProto.Builder tensor = tensor(freshName(), DataType.INT64, numbers.length);
    for (long number : numbers) {
      tensor.addInt64Data(number);
    }
    return add(tensor);
  }

  /// Weights, under a name of their own.
  Value weights(String name, float[] weights, long... shape) {
    TensorProto.Builder tensor = tensor(name, DataType.FLOAT, shape);
    for (float weight : weights) {
      tensor.addFloatData(weight);
    }
    return add(tensor);
  }

  private static TensorProto.Builder tensor(String name, DataType type, long... shape) {
    TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(code(type));
    for (long extent : shape) {
      tensor.addDims(extent);
    }
    return tensor;
  }

  private Value add(TensorProto.Builder tensor) {
    graph.addInitializer(tensor);
    return new Value(this, tensor.getName(), DataType.forNumber(tensor.getDataType()));
  }

  /// Adds an operation of one result.
  ///
  /// @param operator its name in ONNX
  /// @param type of the result
  Value node(String operator, DataType type, List<Value> inputs, AttributeProto... attributes) {
    NodeProto.Builder node = NodeProto.newBuilder().setOpType(operator);
    inputs.forEach(input -> node.addInput(input.name()));
    for (AttributeProto attribute : attributes) {
      node.addAttribute(attribute);
    }
    Value result = new Value(this, freshName(), type);
    add(node.addOutput(result.name()));
    return result;
  }

  /// Adds an operation whose inputs and results have their names already.
  void add(NodeProto.Builder node) {
    graph.addNode(node.setName("node_" + graph.getNodeCount()));
  }

  /// A name for a value that no other has.
  String freshName() {
    return "value_" + values++;
  }

  /// Gives a value the name of an output.
  void name(Value value, String output) {
    add(NodeProto.newBuilder().setOpType("Identity").addInput(value.name()).addOutput(output));
  }

  /// The whole graph.
  GraphProto build(String name, List<Tensor> inputs, List<Tensor> outputs) {
    inputs.forEach(input -> graph.addInput(declaration(input)));
    outputs.forEach(output -> graph.addOutput(declaration(output)));
    return graph.setName(name).build();
  }

  private static ValueInfoProto declaration(Tensor tensor) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (Tensor.Dimension dimension : tensor.shape()) {
      TensorShapeProto.Dimension.Builder extent = shape.addDimBuilder();
      switch (dimension) {
        case Open(String name) -> extent.setDimParam(name);
        case Fixed(long size) -> extent.setDimValue(size);
      }
    }
    DataType type =
        switch (tensor.element()) {
          case FLOAT -> DataType.FLOAT;
          case INT64 -> DataType.INT64;
        };
    return ValueInfoProto.newBuilder()
        .setName(tensor.name())
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder().setElemType(code(type)).setShape(shape)))
        .build();
  }

  /// The number of a type in messages, where it is a plain integer.
  static int code(DataType type) {
    return type.getNumber();
  }
}
