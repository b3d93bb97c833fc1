package dev.glissade.learned;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.Point;
import dev.glissade.file.JsonObject;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A rule that probes for noise is the one of its two rules that is for what it found, a step
/// later.
class ProbingTest {

  private static final Lstm NOISY = new Lstm(1, 3, new Preprocessing.LogSign(10), 0.1);
  private static final QuasiNewton SMOOTH =
      new QuasiNewton(new Lstm(0, 1, new Preprocessing.Identity(), 1), 4);
  private static final ParameterLayout LAYOUT = ParameterLayout.of("x", 3);
  private static final TrainedOptimizer FIRST = trained(NOISY, 1);
  private static final TrainedOptimizer SECOND = trained(SMOOTH, 2);
  private static final TrainedOptimizer JOINED = Probing.join(FIRST, SECOND);

  private static TrainedOptimizer trained(Architecture<?> architecture, long seed) {
    JsonObject history = JsonObject.empty().with("problem", "p" + seed);
    return new TrainedOptimizer(architecture, Steps.weights(architecture, seed), history);
  }

  /// Gradients at one point and then anywhere, the second as far from the first as is said.
  private static float[][] gradients(float noise) {
    float[][] gradients = Steps.gradients(5, 12, LAYOUT.size());
    gradients[1] = gradients[0].clone();
    gradients[1][2] += noise * norm(gradients[0]);
    return gradients;
  }

  private static float norm(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return (float) Math.sqrt(sum);
  }

  private static void assertIsAStepLater(Optimizer<?> inner, float[][] gradients) {
    float[][] updates = Steps.updates(JOINED.optimizer(), LAYOUT, gradients);
    float[][] later = Arrays.copyOfRange(gradients, 1, gradients.length);
    assertThat(updates[0]).containsOnly(0);
    assertThat(Arrays.copyOfRange(updates, 1, updates.length))
        .isDeepEqualTo(Steps.updates(inner, LAYOUT, later));
  }

  @ParameterizedTest
  @ValueSource(floats = {2e-4f, 1e-2f, -1, 1e6f})
  void isTheRuleForNoiseWhereTheSamePointHasAnotherGradient(float noise) {
    assertIsAStepLater(FIRST.optimizer(), gradients(noise));
  }

  @ParameterizedTest
  @ValueSource(floats = {0, 5e-5f, -5e-5f})
  void isTheOtherWhereTheSamePointHasTheSameGradientButForRounding(float noise) {
    assertIsAStepLater(SECOND.optimizer(), gradients(noise));
  }

  /// What was found does not change with the gradients that follow, and is part of the state.
  @Test
  void goesOnFromACopiedStateWithWhatItFound() {
    goOnFromACopy(JOINED.optimizer());
  }

  private static <S extends OptimizerState> void goOnFromACopy(Optimizer<S> rule) {
    float[][] gradients = gradients(0);
    S state = rule.start(LAYOUT);
    S copy = rule.start(LAYOUT);
    float[] update = new float[LAYOUT.size()];
    float[] again = new float[LAYOUT.size()];
    for (int t = 0; t < gradients.length; t++) {
      copy.copyFrom(state);
      rule.update(Point.of(t, gradients[t]), state, update);
      rule.update(Point.of(t, gradients[t]), copy, again);
      assertThat(again).containsExactly(update);
    }
  }

  @Test
  void joinedWeightsAreThoseOfBothInTheirOrder() {
    float[] weights = JOINED.weights();
    int first = FIRST.weights().length;
    assertThat(Arrays.copyOf(weights, first)).containsExactly(FIRST.weights());
    assertThat(Arrays.copyOfRange(weights, first, weights.length))
        .containsExactly(SECOND.weights());
    assertThat(JOINED.history().text("problem")).isEqualTo("p1");
    assertThat(JOINED.history().object("smooth").text("problem")).isEqualTo("p2");
    assertThat(JOINED.architecture()).isEqualTo(new Probing(NOISY, SMOOTH));
  }
}
