package dev.glissade.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.glissade.internal.kernel.LstmShape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The kernels against libtorch's autograd, an independent implementation.
class LibtorchAgreementTest {

  /// Of the largest value.
  private static final float TOLERANCE = 1e-4f;

  /// @param coordinates N
  /// @param steps T
  record Case(String implementation, LstmShape shape, int coordinates, int steps) {}

  static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (String implementation : new String[] {"scalar", "vector", "libtorch-units-first"}) {
      for (float logSign : new float[] {0, 5, 10}) {
        for (int layers = 0; layers <= 3; layers++) {
          LstmShape shape = new LstmShape(layers, 20, logSign, 0.1f);
          cases.add(new Case(implementation, shape, 100, 1));
          cases.add(new Case(implementation, shape, 300, 20));
        }
      }
    }
    return cases;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void updates(Case it) {
    try (UnrollRunner expected = runner("libtorch", it);
        UnrollRunner actual = runner(it.implementation, it)) {
      assertClose(actual.forward(), expected.forward());
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void weightGradient(Case it) {
    try (UnrollRunner expected = runner("libtorch", it);
        UnrollRunner actual = runner(it.implementation, it)) {
      assertClose(actual.forwardBackward(), expected.forwardBackward());
      assertClose(actual.forwardBackward(), expected.forwardBackward()); // and once more
    }
  }

  private static UnrollRunner runner(String implementation, Case it) {
    UnrollInputs inputs = UnrollInputs.random(it.shape, it.coordinates, it.steps, 1);
    return UnrollRunner.create(implementation, inputs);
  }

  private static void assertClose(float[] actual, float[] expected) {
    float largest = 0;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertThat(largest).isPositive();
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i])
          .as("element %d of %d", i, expected.length)
          .isCloseTo(expected[i], within(TOLERANCE * largest));
    }
  }
}
