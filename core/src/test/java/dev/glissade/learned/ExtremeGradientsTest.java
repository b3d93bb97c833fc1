package dev.glissade.learned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.glissade.BlockFilter;
import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.Point;
import dev.glissade.internal.Vectors;
import dev.glissade.optimizer.Rule;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Learned optimizers at the ends of float's range.
class ExtremeGradientsTest {

  private static final int SIZE = 17;

  static Stream<Architecture<?>> architectures() {
    Lstm both = lstm("log-sign:10+adam-like:0.95");
    return Stream.of(
        lstm("identity"),
        lstm("log-sign:10"),
        lstm("log-sign:80"),
        lstm("adam-like:0.95"),
        both,
        new Corrected(both, Rule.parse("adam=0.01")),
        new Corrected(both, Rule.parse("muon=0.01")),
        new Corrected(both, Rule.parse("momentum=0.01")),
        new QuasiNewton(both, 3),
        new QuasiNewton(both, 3, Secants.NEWEST),
        new Smoothed(new QuasiNewton(both, 3, Secants.NEWEST), new BlockFilter("a")),
        new Hopping(new QuasiNewton(both, 3)),
        new Grouped(List.of(new Group("a", new BlockFilter("a"), both)), lstm("log-sign:10")));
  }

  private static Lstm lstm(String inputs) {
    return new Lstm(2, 5, Preprocessing.parse(inputs), 0.1);
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void staysFinite(Architecture<?> architecture) {
    for (double size : new double[] {0, 1e-44, 1e-38, 1e-20, 1e20, 1e38}) {
      assertStaysFinite(
          architecture.with(Steps.weights(architecture, 1)), new double[] {1, size, -size});
      assertStaysFinite(
          architecture.with(Steps.weights(architecture, 1)), new double[] {1e38, size});
    }
  }

  private static <S extends OptimizerState> void assertStaysFinite(
      Optimizer<S> optimizer, double[] sizes) {
    ParameterLayout layout =
        new ParameterLayout(
            List.of(ParameterLayout.block("a", 4, 3), ParameterLayout.block("b", 5)));
    S state = optimizer.start(layout);
    float[] update = new float[SIZE];
    for (int t = 0; t < 300; t++) {
      float[] gradient = new float[SIZE];
      for (int i = 0; i < SIZE; i++) {
        gradient[i] =
            (float) (Math.sin(i + 1) * sizes[t < sizes.length ? t : 1 + t % (sizes.length - 1)]);
      }
      optimizer.update(Point.of(t, gradient), state, update);
      assertThat(Vectors.allFinite(update)).as("update %s", t).isTrue();
      for (float[] array : state.arrays()) {
        assertThat(Vectors.allFinite(array)).as("state %s", t).isTrue();
      }
    }
  }

  /// The kernels would make ordinary numbers of them.
  @ParameterizedTest
  @MethodSource("architectures")
  void weightsAreFinite(Architecture<?> architecture) {
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      for (int i : new int[] {0, architecture.layout().size() - 1}) {
        float[] weights = architecture.initialWeights(1);
        weights[i] = bad;
        assertThatIllegalArgumentException()
            .isThrownBy(() -> architecture.with(weights))
            .withMessageEndingWith("must have finite weights, got %s at %s", bad, i);
      }
    }
  }
}
