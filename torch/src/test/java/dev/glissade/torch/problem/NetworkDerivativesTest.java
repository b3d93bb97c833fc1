package dev.glissade.torch.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glissade.FiniteDifferences;
import dev.glissade.torch.Minibatches;
import dev.glissade.torch.TorchNetwork;
import dev.glissade.torch.TorchObjective;
import dev.glissade.torch.data.ImageBatch;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Gradients and Hessian-vector products of every network against finite differences.
class NetworkDerivativesTest {

  private static final int BATCH = 8;

  static Stream<MultilayerPerceptron> perceptrons() {
    return Stream.of(
        new MultilayerPerceptron(36, 5, 0, 10, Activation.SIGMOID, 0.1),
        new MultilayerPerceptron(36, 5, 1, 10, Activation.SIGMOID, 0.1),
        new MultilayerPerceptron(36, 5, 1, 10, Activation.RELU, 0.1),
        new MultilayerPerceptron(36, 5, 1, 10, Activation.TANH, 0.1),
        new MultilayerPerceptron(36, 7, 2, 4, Activation.SIGMOID, 0.1),
        new MultilayerPerceptron(36, 7, 2, 4, Activation.RELU, 0.1),
        new MultilayerPerceptron(36, 7, 3, 4, Activation.TANH, 0.1));
  }

  @ParameterizedTest
  @MethodSource("perceptrons")
  void perceptron(MultilayerPerceptron perceptron) {
    check(perceptron.network(), perceptron.classes(), 0.3, BATCH, perceptron.inputs());
  }

  static Stream<ConvolutionalNetwork> convolutionalNetworks() {
    return Stream.of(
        new ConvolutionalNetwork(8, 16, 10, 0.1, Precision.FLOAT), //
        new ConvolutionalNetwork(16, 3, 2, 0.1, Precision.FLOAT));
  }

  @ParameterizedTest
  @MethodSource("convolutionalNetworks")
  void convolutionalNetwork(ConvolutionalNetwork network) {
    int extent = network.extent();
    check(network.network(), network.classes(), 0.1, BATCH, 3, extent, extent);
  }

  @Test
  void bfloat16RoundsTheSameDerivatives() {
    TorchObjective<ImageBatch> exact = smallPhotos(Precision.FLOAT);
    TorchObjective<ImageBatch> rounded = smallPhotos(Precision.BFLOAT16);
    float[] point = exact.initialParameters();
    float[] gradient = new float[point.length];
    float[] other = new float[point.length];
    exact.evaluate(point, 3, gradient);
    rounded.evaluate(point, 3, other);
    assertThat(cosine(gradient, other)).isBetween(0.95, 0.99999);

    float[] product = new float[point.length];
    exact.hessianTimes(point, 3, gradient, product);
    rounded.hessianTimes(point, 3, gradient, other);
    assertThat(cosine(product, other)).isBetween(0.95, 0.99999);
  }

  private static TorchObjective<ImageBatch> smallPhotos(Precision precision) {
    var network = new ConvolutionalNetwork(16, 16, 4, 0.1, precision).network();
    Minibatches<ImageBatch> images =
        random -> {
          ImageBatch doubles = noise(random, 4, BATCH, 3, 16, 16);
          return new ImageBatch(doubles.pixels().to(torch.ScalarType.Float), doubles.labels());
        };
    float[] start = network.initialParameters(new SplittableRandom(1));
    return new TorchObjective<>(network, start, images, 1);
  }

  private static double cosine(float[] a, float[] b) {
    double product = 0;
    double squareA = 0;
    double squareB = 0;
    for (int i = 0; i < a.length; i++) {
      product += (double) a[i] * b[i];
      squareA += (double) a[i] * a[i];
      squareB += (double) b[i] * b[i];
    }
    return product / Math.sqrt(squareA * squareB);
  }

  private static void check(
      TorchNetwork<ImageBatch> network, int classes, double spread, long... shape) {
    var doubles = network.inDoublePrecision();
    float[] start = doubles.initialParameters(new SplittableRandom(1));
    Minibatches<ImageBatch> images = random -> noise(random, classes, shape);
    FiniteDifferences.assertExactDerivatives(
        new TorchObjective<>(doubles, start, images, 1), spread, 2);
  }

  private static ImageBatch noise(RandomGenerator random, int classes, long... shape) {
    int size = 1;
    for (long extent : shape) {
      size *= (int) extent;
    }
    return new ImageBatch(
        torch.from_blob(
            new DoublePointer(random.doubles(size).toArray()),
            shape,
            new TensorOptions(torch.ScalarType.Double)),
        torch.from_blob(
            new LongPointer(random.longs(BATCH, 0, classes).toArray()),
            new long[] {BATCH},
            new TensorOptions(torch.ScalarType.Long)));
  }
}
