package dev.glissade.onnx;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.glissade.learned.Lstm;
import java.util.List;

/// The step of an LSTM. ONNX has that operator, but for the order of the gates, which is i, o, f, j
/// there, and for what the forget gate starts with, which becomes part of its bias. Coordinates are
/// its batch, and the sequence has one step.
///
/// @param prefix of states and weights
record LstmGraph(Lstm lstm, NamedWeights weights, String prefix) {

  /// The places of the gates that ONNX has, in order, among i, j, f, o.
  private static final int[] GATES = {0, 3, 2, 1};

  private static final int FORGET = 2;

  Value update(Step step) {
    Graph graph = step.graph();
    List<Value> seen = NetworkInputs.of(lstm.inputs(), step, prefix);
    int inputs = seen.size();
    Value below = Value.stack(seen).reshape(graph.integers(1, -1, inputs)); // [1, N, I]
    for (int layer = 0; layer < lstm.layers(); layer++) {
      below = layer(layer, inputs, below, step);
      inputs = lstm.hidden();
    }
    Value output =
        below
            .matrixProduct(
                graph.weights(prefix + "output_weights", weights.of("output/weights"), inputs, 1))
            .plus(graph.weights(prefix + "output_bias", weights.of("output/bias"), 1));
    Value shaped =
        switch (lstm.output()) {
          case LINEAR -> output;
          case TANH -> output.tanh();
        };
    return shaped.times(lstm.outputScale()).reshape(step.gradient().shape());
  }

  /// @param inputs of the layer, for each coordinate
  /// @param below `[1, N, inputs]`
  /// @return `[1, N, H]`
  private Value layer(int layer, int inputs, Value below, Step step) {
    int h = lstm.hidden();
    Graph graph = step.graph();
    String name = prefix + "lstm" + layer;
    Value flat = graph.integers(1, -1, h);
    Step.Memory hidden = step.memory(name + "_hidden", h);
    Step.Memory cell = step.memory(name + "_cell", h);
    Value hiddenAfter = new Value(graph, graph.freshName(), DataType.FLOAT);
    Value cellAfter = new Value(graph, graph.freshName(), DataType.FLOAT);
    float[] both = weights.of("lstm" + layer + "/weights");
    List<Value> given =
        List.of(
            below,
            graph.weights(name + "_input_weights", columns(both, 0, inputs), 1, 4L * h, inputs),
            graph.weights(name + "_hidden_weights", columns(both, inputs, h), 1, 4L * h, h),
            graph.weights(name + "_bias", bias(layer), 1, 8L * h));
    NodeProto.Builder node = NodeProto.newBuilder().setOpType("LSTM");
    given.forEach(value -> node.addInput(value.name()));
    node.addInput("") // all sequences have one length
        .addInput(hidden.before().reshape(flat).name())
        .addInput(cell.before().reshape(flat).name())
        .addOutput("") // the sequence, which is one step
        .addOutput(hiddenAfter.name())
        .addOutput(cellAfter.name())
        .addAttribute(Value.integer("hidden_size", h));
    graph.add(node);
    Value shape = hidden.before().shape();
    hidden.becomes(hiddenAfter.reshape(shape));
    cell.becomes(cellAfter.reshape(shape));
    return hiddenAfter;
  }

  /// Some columns of a layer's weights `[4H][in + H]`, with the rows in ONNX's order.
  private float[] columns(float[] both, int from, int count) {
    int h = lstm.hidden();
    int width = both.length / (4 * h);
    float[] chosen = new float[4 * h * count];
    for (int g = 0; g < GATES.length; g++) {
      for (int u = 0; u < h; u++) {
        int row = GATES[g] * h + u;
        System.arraycopy(both, row * width + from, chosen, (g * h + u) * count, count);
      }
    }
    return chosen;
  }

  /// The biases of a layer in ONNX's order; a second set, which it has for the hidden state, is 0.
  private float[] bias(int layer) {
    int h = lstm.hidden();
    float[] own = weights.of("lstm" + layer + "/bias");
    float[] bias = new float[8 * h];
    for (int g = 0; g < GATES.length; g++) {
      for (int u = 0; u < h; u++) {
        float open = GATES[g] == FORGET ? 1 : 0; // the forget gate starts open
        bias[g * h + u] = own[GATES[g] * h + u] + open;
      }
    }
    return bias;
  }
}
