package dev.glissade.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.Point;
import dev.glissade.Seeds;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Trajectories of one coordinate against formulas without recursion, in `double`: each mean and
/// each velocity is written out as a sum over the whole past.
class BaselineValuesTest {

  private static final int STEPS = 50;
  private static final double RATE = 0.05;

  /// The update that follows from the gradients of steps 0 … t.
  private interface Formula {
    double update(double[] g, int t);
  }

  @Test
  void sgd() {
    assertFollows(new Sgd(RATE), (g, t) -> -RATE * g[t]);
  }

  @Test
  void momentum() {
    assertFollows(new Momentum(RATE), (g, t) -> -RATE * sum(g, t, 1, 0.9));
  }

  @Test
  void nesterov() {
    assertFollows(new Nesterov(RATE), (g, t) -> -RATE * (g[t] + 0.9 * sum(g, t, 1, 0.9)));
  }

  @Test
  void rmsProp() {
    assertFollows(
        new RmsProp(RATE), (g, t) -> -RATE * g[t] / (Math.sqrt(0.01 * sum(g, t, 2, 0.99)) + 1e-8));
  }

  @Test
  void adagrad() {
    assertFollows(new Adagrad(RATE), (g, t) -> -RATE * g[t] / (Math.sqrt(sum(g, t, 2, 1)) + 1e-10));
  }

  @Test
  void adam() {
    assertFollows(
        new Adam(RATE),
        (g, t) -> {
          double mean = sum(g, t, 1, 0.9) / sum(ones(), t, 1, 0.9);
          double meanSquare = sum(g, t, 2, 0.999) / sum(ones(), t, 1, 0.999);
          return -RATE * mean / (Math.sqrt(meanSquare) + 1e-8);
        });
  }

  @Test
  void epsilonIsOutsideTheRootAndUncorrected() {
    assertUpdates(new RmsProp(1, 0.75, 0.5), new float[] {2}, new double[] {-2 / (1 + 0.5)});
    assertUpdates(new Adagrad(1, 0.5), new float[] {2}, new double[] {-2 / (2 + 0.5)});
    assertUpdates(new Adam(1, 0.9, 0.75, 0.5), new float[] {2}, new double[] {-2 / (2 + 0.5)});
  }

  @Test
  void rpropByHand() {
    float[] gradients = {3, 0.1f, 7, -2, -2, 4, 0, 4, 4};
    // Grows by 1.2, shrinks by 0.5 and rests when the sign turns; after a rest or a zero it stays.
    double[] updates = {-0.1, -0.12, -0.144, 0, 0.072, 0, 0, -0.036, -0.0432};
    assertUpdates(new Rprop(0.1), gradients, updates);
  }

  @Test
  void rpropKeepsItsBounds() {
    assertUpdates(
        new Rprop(1, 0.5, 2, 0.6, 3),
        new float[] {1, 1, 1, -1, -1, 1, 1, -1, -1},
        new double[] {-1, -2, -3, 0, 1.5, 0, -0.75, 0, 0.6});
  }

  @Test
  void rpropSeesTheSignOfTheTiniestGradients() {
    float tiny = Float.MIN_VALUE; // the product of two of these is 0
    assertUpdates(new Rprop(1), new float[] {tiny, tiny, -tiny}, new double[] {-1, -1.2, 0});
  }

  @Test
  void adamsFirstStepIsTheLearningRateWhateverTheGradient() {
    assertUpdates(new Adam(0.5), new float[] {1e4f}, new double[] {-0.5});
    assertUpdates(new Adam(0.5), new float[] {-1e-4f}, new double[] {0.49995});
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 9, 1L << 24, 1L << 40})
  void adamCorrectsForTheStepItIsAt(long step) {
    Adam adam = new Adam(0.1);
    float[] update = new float[1];
    adam.update(Point.of(step, new float[] {1}), adam.start(ParameterLayout.of("x", 1)), update);
    double mean = 0.1 / (1 - Math.pow(0.9, step + 1.0));
    double meanSquare = 0.001 / (1 - Math.pow(0.999, step + 1.0));
    assertThat((double) update[0]).isCloseTo(-0.1 * mean / Math.sqrt(meanSquare), within(1e-6));
  }

  @Test
  void hugeGradientsNeverMakeNaN() {
    for (Baseline baseline : Baselines.all()) {
      assertHugeGradientsGiveNoNaN(baseline.at(0.1));
    }
  }

  private static <S extends OptimizerState> void assertHugeGradientsGiveNoNaN(
      Optimizer<S> optimizer) {
    S state = optimizer.start(ParameterLayout.of("x", 1));
    float[] update = new float[1];
    float[] gradients = {1, Float.MAX_VALUE, -Float.MAX_VALUE, 0, 1};
    for (int t = 0; t < gradients.length; t++) {
      optimizer.update(Point.of(t, new float[] {gradients[t]}), state, update);
      assertThat(update[0]).as(optimizer.toString()).isNotNaN();
    }
  }

  /// What overflows counts as the largest float, and coordinates beside it keep their bits.
  @Test
  void velocitiesThatOverflowAreTheLargestFloat() {
    float[] gradient = {3e38f, 0.1f, -3e38f, 1e25f};
    for (double mu : new double[] {0, 0.9}) {
      assertSaturates(new Momentum(0.5, mu), gradient, mu == 0 ? 3e38f : Float.MAX_VALUE);
      assertSaturates(new Nesterov(0.5, mu), gradient, mu == 0 ? 3e38f : Float.MAX_VALUE);
    }
  }

  /// @param largest the first coordinate's velocity after three steps
  private static <S extends OptimizerState> void assertSaturates(
      Optimizer<S> optimizer, float[] gradient, float largest) {
    S state = optimizer.start(ParameterLayout.of("x", gradient.length));
    S ordinary = optimizer.start(ParameterLayout.of("x", 1));
    float[] update = new float[gradient.length];
    float[] expected = new float[1];
    for (int t = 0; t < 3; t++) {
      optimizer.update(Point.of(t, gradient), state, update);
      optimizer.update(Point.of(t, new float[] {gradient[1]}), ordinary, expected);
    }
    float[] velocity = state.arrays().getFirst();
    assertThat(velocity[0]).isEqualTo(largest);
    assertThat(velocity[2]).isEqualTo(-largest);
    assertThat(velocity[1]).isEqualTo(ordinary.arrays().getFirst()[0]);
    assertThat(update[0]).isEqualTo(-0.5f * largest);
    assertThat(update[1]).isEqualTo(expected[0]);
    assertThat(update[2]).isEqualTo(0.5f * largest);
    assertThat(update[3]).isNegative().isGreaterThan(-1e26f);
  }

  /// Σₖ₌₀ᵗ decayᵗ⁻ᵏ·gₖᵖ.
  private static double sum(double[] g, int t, int power, double decay) {
    double sum = 0;
    for (int k = 0; k <= t; k++) {
      sum += Math.pow(decay, t - k) * Math.pow(g[k], power);
    }
    return sum;
  }

  private static double[] ones() {
    double[] ones = new double[STEPS];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static <S extends OptimizerState> void assertFollows(
      Optimizer<S> optimizer, Formula formula) {
    RandomGenerator random = Seeds.stream(2, "test", 0);
    float[] gradients = new float[STEPS];
    double[] exact = new double[STEPS];
    double[] updates = new double[STEPS];
    for (int t = 0; t < STEPS; t++) {
      gradients[t] = (float) (0.5 + random.nextGaussian());
      exact[t] = gradients[t];
      updates[t] = formula.update(exact, t);
    }
    assertUpdates(optimizer, gradients, updates);
  }

  private static <S extends OptimizerState> void assertUpdates(
      Optimizer<S> optimizer, float[] gradients, double[] updates) {
    S state = optimizer.start(ParameterLayout.of("x", 1));
    float[] update = new float[1];
    for (int t = 0; t < gradients.length; t++) {
      optimizer.update(Point.of(t, new float[] {gradients[t]}), state, update);
      double tolerance = 2e-6 * Math.max(0.1, Math.abs(updates[t]));
      assertThat((double) update[0]).as("step %d", t).isCloseTo(updates[t], within(tolerance));
    }
  }
}
