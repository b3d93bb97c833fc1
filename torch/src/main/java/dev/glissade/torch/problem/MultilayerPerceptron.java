package dev.glissade.torch.problem;

import dev.glissade.torch.Blocks;
import dev.glissade.torch.Parameter;
import dev.glissade.torch.Tensors;
import dev.glissade.torch.TorchNetwork;
import dev.glissade.torch.data.ImageBatch;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/// Dense layers with an activation after each but the last, and the cross-entropy of their output.
/// With h₀ the pixels and L hidden layers,
///
/// ```
/// hᵢ₊₁ = activation(hᵢ·Wᵢ + bᵢ), i < L;   f(θ) = mean over the batch of −log softmax(h_L·W_L + b_L)[label]
/// ```
///
/// Its parameters are `dense0/weights`, `[in][out]`, `dense0/bias`, and so on.
///
/// Reference: M. Andrychowicz et al., *Learning to learn by gradient descent by gradient descent*,
/// NIPS 2016, section 3.2.
///
/// @param inputs numbers in an image
/// @param units in each hidden layer
/// @param layers L, how many hidden layers, ≥ 0
/// @param classes how many outputs
/// @param activation after each hidden layer
/// @param start standard deviation of weights and biases at the start
record MultilayerPerceptron(
    int inputs, int units, int layers, int classes, Activation activation, double start) {

  TorchNetwork<ImageBatch> network() {
    return TorchNetwork.of(parameters(), this::loss);
  }

  private List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>();
    for (int layer = 0; layer <= layers; layer++) {
      int in = layer == 0 ? inputs : units;
      int out = layer == layers ? classes : units;
      parameters.add(Parameter.normal(weights(layer), start, in, out));
      parameters.add(Parameter.normal(bias(layer), start, out));
    }
    return parameters;
  }

  private Tensor loss(Blocks theta, ImageBatch batch) {
    Tensor x = batch.pixels();
    for (int layer = 0; layer < layers; layer++) {
      x = activation.apply(dense(theta, layer, x));
    }
    return Tensors.crossEntropy(dense(theta, layers, x), batch.labels());
  }

  private static Tensor dense(Blocks theta, int layer, Tensor x) {
    return Tensors.dense(x, theta.get(weights(layer)), theta.get(bias(layer)));
  }

  private static String weights(int layer) {
    return "dense" + layer + "/weights";
  }

  private static String bias(int layer) {
    return "dense" + layer + "/bias";
  }
}
