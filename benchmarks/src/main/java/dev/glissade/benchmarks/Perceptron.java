package dev.glissade.benchmarks;

import static org.bytedeco.pytorch.global.torch.addmm;
import static org.bytedeco.pytorch.global.torch.cross_entropy_loss;

import dev.glissade.torch.Blocks;
import dev.glissade.torch.Parameter;
import dev.glissade.torch.TorchNetwork;
import dev.glissade.torch.data.ImageBatch;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/// The paper's network for MNIST, 15,910 parameters, once for both sides of a comparison.
final class Perceptron {

  private static final int PIXELS = 28 * 28;
  private static final int UNITS = 20;
  private static final int CLASSES = 10;

  private Perceptron() {}

  /// As an optimizee of ours.
  static TorchNetwork<ImageBatch> network() {
    return TorchNetwork.of(
        List.of(
            Parameter.normal("weights0", 0.01, PIXELS, UNITS),
            Parameter.normal("bias0", 0.01, UNITS),
            Parameter.normal("weights1", 0.01, UNITS, CLASSES),
            Parameter.normal("bias1", 0.01, CLASSES)),
        Perceptron::loss);
  }

  private static Tensor loss(Blocks theta, ImageBatch batch) {
    return loss(
        theta.get("weights0"),
        theta.get("bias0"),
        theta.get("weights1"),
        theta.get("bias1"),
        batch);
  }

  /// For autograd's own use.
  ///
  /// @param theta `[N]`
  static Tensor loss(Tensor theta, ImageBatch batch) {
    int bias0 = PIXELS * UNITS;
    int weights1 = bias0 + UNITS;
    int bias1 = weights1 + UNITS * CLASSES;
    return loss(
        theta.narrow(0, 0, bias0).view(PIXELS, UNITS),
        theta.narrow(0, bias0, UNITS),
        theta.narrow(0, weights1, UNITS * CLASSES).view(UNITS, CLASSES),
        theta.narrow(0, bias1, CLASSES),
        batch);
  }

  private static Tensor loss(
      Tensor weights0, Tensor bias0, Tensor weights1, Tensor bias1, ImageBatch batch) {
    Tensor hidden = addmm(bias0, batch.pixels(), weights0).sigmoid();
    return cross_entropy_loss(addmm(bias1, hidden, weights1), batch.labels());
  }
}
