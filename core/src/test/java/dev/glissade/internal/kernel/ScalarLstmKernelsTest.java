package dev.glissade.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.glissade.FiniteDifferences;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScalarLstmKernelsTest {

  /// How many partial derivatives are checked where there are more.
  private static final int SAMPLE = 80;

  static List<LstmShape> shapes() {
    List<LstmShape> shapes = new ArrayList<>();
    for (int layers : new int[] {0, 1, 2, 3}) {
      for (int hidden : new int[] {1, 3, 20}) {
        for (float logSign : new float[] {0, 2}) {
          shapes.add(new LstmShape(layers, hidden, logSign, 0.7f));
          shapes.add(new LstmShape(layers, hidden, 3, logSign, 0.7f));
        }
        shapes.add(new LstmShape(layers, hidden, 2, 0, 0.7f));
      }
    }
    for (int layers : new int[] {1, 2, 3}) {
      shapes.add(new LstmShape(layers, 3, 1, 2, 0.7f, 1));
      shapes.add(new LstmShape(layers, 3, 3, 2, 0.7f, 3));
      shapes.add(new LstmShape(layers, 20, 1, 0, 0.7f, 5));
    }
    return shapes;
  }

  @Test
  void paperSizes() {
    assertThat(new LstmShape(2, 20, 0, 1).size()).isEqualTo(5061);
    assertThat(new LstmShape(2, 20, 10, 0.1f).size()).isEqualTo(5141);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void weightGradient(LstmShape shape) {
    Unroll unroll = Unroll.random(shape, 3, 3, 1);
    float[] weights = unroll.weights().clone();
    float[] actual = unroll.backward(kernels(unroll), unroll.allCoordinates(), true).weights();
    assertDerivative(
        w -> unroll.loss(new ScalarLstmKernels(shape, w), unroll.gradients()), weights, actual);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void stateGradient(LstmShape shape) {
    Unroll unroll = Unroll.random(shape, 3, 3, 2);
    ScalarLstmKernels kernels = kernels(unroll);
    float[] actual = unroll.backward(kernels, unroll.allCoordinates(), true).start().values();
    assertDerivative(
        state -> unroll.loss(kernels, unroll.gradients()), unroll.start().values(), actual);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void channelGradient(LstmShape shape) {
    Unroll unroll = Unroll.random(shape, 4, 3, 3);
    ScalarLstmKernels kernels = kernels(unroll);
    float[] actual = unroll.backward(kernels, unroll.allCoordinates(), true).channels();
    float[] first = unroll.channels()[0];
    for (int n = 0; n < first.length; n++) {
      double scale = shape.logSign() > 0 && n < 4 ? Math.abs(first[n]) : 1;
      double expected =
          FiniteDifferences.partial(x -> unroll.loss(kernels, unroll.gradients()), first, n, scale);
      assertThat((double) actual[n])
          .as("channel %d", n)
          .isCloseTo(expected, within(1e-4 / scale + 1e-3 * Math.abs(expected)));
    }
  }

  @Test
  void preprocessingFollowsAppendixA() {
    LstmShape shape = new LstmShape(0, 1, 10, 1);
    float[] first = {1, 0, 0};
    float[] second = {0, 1, 0};
    float[] gradients = {(float) Math.exp(5), -1, 0, (float) Math.exp(-11), -1e30f, 1e-30f};
    assertThat(updates(shape, first, gradients))
        .usingComparatorWithPrecision(1e-5f)
        .containsExactly(0.5f, 0, -1, -1, (float) (Math.log(1e30) / 10), -1);
    assertThat(updates(shape, second, gradients))
        .usingComparatorWithPrecision(1e-5f)
        .containsExactly(1, -1, 0, (float) Math.exp(-1), -1, 0);
  }

  private static float[] updates(LstmShape shape, float[] weights, float[] gradient) {
    float[] update = new float[gradient.length];
    new ScalarLstmKernels(shape, weights)
        .forward(gradient, LstmState.zero(shape, gradient.length), update);
    return update;
  }

  private static ScalarLstmKernels kernels(Unroll unroll) {
    return new ScalarLstmKernels(unroll.shape(), unroll.weights());
  }

  /// Checks all partial derivatives, or a random sample of them.
  private static void assertDerivative(ToDoubleFunction<float[]> f, float[] x, float[] actual) {
    double scale = 0;
    for (float derivative : actual) {
      scale = Math.max(scale, Math.abs(derivative));
    }
    SplittableRandom random = new SplittableRandom(4);
    for (int k = 0; k < Math.min(SAMPLE, x.length); k++) {
      int index = x.length <= SAMPLE ? k : random.nextInt(x.length);
      assertThat((double) actual[index])
          .as("derivative %d of %d", index, x.length)
          .isCloseTo(FiniteDifferences.partial(f, x, index), within(2e-4 * Math.max(scale, 1)));
    }
  }
}
