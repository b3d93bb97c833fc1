package dev.glissade.learned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.glissade.BlockFilter;
import dev.glissade.LearnedOptimizer.Differentiability;
import dev.glissade.ParameterLayout;
import dev.glissade.Point;
import dev.glissade.file.JsonObject;
import dev.glissade.meta.ExactBptt;
import dev.glissade.optimizer.Nesterov;
import dev.glissade.optimizer.Rule;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A corrected rule starts as the rule it corrects, and its rate is learned by the true derivative.
class CorrectedTest {

  private static final Lstm NETWORK = new Lstm(1, 3, new Preprocessing.LogSign(10), 0.1);
  private static final Corrected CORRECTED = new Corrected(NETWORK, Rule.parse("nesterov=0.3"));
  private static final ParameterLayout LAYOUT = ParameterLayout.of("x", 5);
  private static final int STEPS = 4;

  /// Where ρ and α lie in φ.
  private static final int SCHEDULE = CORRECTED.layout().slice(RateSchedule.BLOCK).offset();

  private static final int FADING = CORRECTED.layout().slice(Fading.BLOCK).offset();

  private final float[][] gradients = Steps.gradients(7, STEPS + 1, 5);

  @Test
  void startsAsTheBaseRule() {
    assertThat(updates(CORRECTED.initialWeights(1)))
        .isDeepEqualTo(Steps.updates(new Nesterov(0.3), LAYOUT, gradients));
  }

  /// A network of groups has its output under the names of the groups.
  @Test
  void startsAsTheBaseRuleWhateverTheNetwork() {
    Corrected corrected = new Corrected(groups(), Rule.parse("nesterov=0.3"));
    var rule = corrected.with(corrected.initialWeights(1));
    assertThat(Steps.updates(rule, LAYOUT, gradients))
        .isDeepEqualTo(Steps.updates(new Nesterov(0.3), LAYOUT, gradients));
  }

  private static Grouped groups() {
    return new Grouped(List.of(new Group("y", new BlockFilter("y"), NETWORK)), NETWORK);
  }

  @Test
  void theNetworkSaysByWhichFactorTheBaseIsWrong() {
    float[] weights = Steps.weights(CORRECTED, 2);
    weights[FADING] = 0;
    float[] network = Arrays.copyOf(weights, SCHEDULE);
    float[] schedule = Arrays.copyOfRange(weights, SCHEDULE, FADING);
    float[][] all = updates(weights);
    float[][] base = Steps.updates(new Nesterov(0.3), LAYOUT, gradients);
    float[][] correction = Steps.updates(NETWORK.with(network), LAYOUT, gradients);
    for (int t = 0; t < STEPS; t++) {
      double logRate = RateSchedule.at(schedule, t);
      for (int n = 0; n < 5; n++) {
        assertThat((double) all[t][n])
            .isCloseTo(Math.exp(logRate + correction[t][n]) * base[t][n], within(1e-6));
      }
    }
  }

  /// e^89 is no float, and ∞·0 is NaN: where the base rests, the correction does.
  @Test
  void aFactorBeyondTheRangeOfFloatsIsFinite() {
    float[] weights = CORRECTED.initialWeights(1);
    weights[SCHEDULE] = 1e30f;
    for (float[] update : Steps.updates(CORRECTED.with(weights), LAYOUT, new float[STEPS][5])) {
      for (float u : update) {
        assertThat(u).isZero();
      }
    }
    for (float[] update : updates(weights)) {
      for (float u : update) {
        assertThat(Float.isFinite(u)).isTrue();
      }
    }
  }

  @Test
  void derivativesAreThoseOfFiniteDifferences() {
    float[] weights = Steps.weights(CORRECTED, 3);
    float[] slope = backward(weights, 0, Steps.all(5));
    for (int i = 0; i < weights.length; i += i < weights.length - 12 ? 7 : 1) {
      assertSlope(slope[i], weights, i, 0);
    }
    assertThat(slope[SCHEDULE]).isNotZero();
    assertThat(slope[FADING]).isNotZero();
  }

  /// The schedule is in its third piece after twenty steps. The state that the unroll starts from
  /// does not depend on φ, as its gradient was dropped.
  @Test
  void derivativesGoOnInMidEpisode() {
    float[] weights = Steps.weights(CORRECTED, 9);
    float[] slope = backward(weights, 20, Steps.all(5));
    for (int i = SCHEDULE; i < weights.length; i++) {
      assertSlope(slope[i], weights, i, 20);
    }
  }

  private void assertSlope(float slope, float[] weights, int index, int firstStep) {
    float[] up = weights.clone();
    float[] down = weights.clone();
    up[index] += 1e-2f;
    down[index] -= 1e-2f;
    double above = surrogate(up, weights, firstStep);
    double below = surrogate(down, weights, firstStep);
    double difference = (above - below) / (up[index] - down[index]);
    assertThat((double) slope)
        .as("φ[%d]", index)
        .isCloseTo(difference, within(1e-3 * (1 + Math.abs(difference))));
  }

  /// @param before the weights of the steps before the unroll
  private double surrogate(float[] weights, float[] before, int firstStep) {
    Corrected.State state = Steps.after(firstStep, CORRECTED.with(before), LAYOUT, gradients);
    float[][] updates = Steps.updates(CORRECTED.with(weights), state, firstStep, gradients);
    return Steps.surrogate(updates, gradients);
  }

  /// The derivative by r is Σ λₜ·uₜ, whatever the base: it shows which updates were made again.
  @Test
  void matricesOfTheBaseStayMatrices() {
    ParameterLayout matrix = ParameterLayout.of("w", 2, 3);
    Corrected muon = new Corrected(NETWORK, Rule.parse("muon=0.3"));
    float[] weights = Steps.weights(CORRECTED, 10);
    float[][] two = {{3, 1, 4, 1, 5, 9}, {2, 6, 5, 3, 5, 8}};
    var rule = muon.with(weights);
    float[] update = Steps.updates(rule, matrix, two)[0];
    double expected = 0;
    for (int n = 0; n < 6; n++) {
      expected += update[n] * two[1][n];
    }
    float[] slope = new float[weights.length];
    rule.backward(rule.start(matrix), Steps.unroll(matrix, 0, two), slope);
    assertThat((double) slope[SCHEDULE]).isCloseTo(expected, within(1e-4 * Math.abs(expected)));
  }

  @Test
  void aPartOfTheCoordinatesGivesTheirPartOfTheDerivative() {
    float[] weights = Steps.weights(CORRECTED, 4);
    float[] all = backward(weights, 0, Steps.all(5));
    float[] parts = backward(weights, 0, new int[] {0, 3});
    float[] others = backward(weights, 0, new int[] {1, 2, 4});
    for (int i = 0; i < parts.length; i++) {
      parts[i] += others[i];
    }
    assertThat(parts).containsExactly(all, within(1e-5f));
  }

  /// The weights of the network are one fewer than φ; many coordinates go through several chunks of
  /// the kernels, whose derivatives must not end up in that of ρ.
  @Test
  void manyCoordinatesGiveTheSumOfTheirDerivatives() {
    int count = 2000;
    float[] weights = Steps.weights(CORRECTED, 6);
    float[][] many = Steps.gradients(8, 3, count);
    float[] ones = {1, 1, 1};
    ParameterLayout layout = ParameterLayout.of("x", count);
    var rule = CORRECTED.with(weights);
    float[] whole = new float[weights.length];
    rule.backward(rule.start(layout), Steps.unroll(layout, 0, many, ones, Steps.all(count)), whole);
    float[] parts = new float[weights.length];
    for (int from = 0; from < count; from += 50) {
      int first = from;
      int[] some = Arrays.stream(Steps.all(50)).map(n -> first + n).toArray();
      rule.backward(rule.start(layout), Steps.unroll(layout, 0, many, ones, some), parts);
    }
    assertThat(whole).containsExactly(parts, within(1e-2f));
    assertThat(whole[SCHEDULE]).isNotZero();
  }

  @Test
  void theWeightsOfAWholeUpdateAreNoCorrection() {
    TrainedOptimizer whole =
        new TrainedOptimizer(NETWORK, NETWORK.initialWeights(1), JsonObject.empty());
    assertThatThrownBy(() -> whole.weightsFor(CORRECTED))
        .hasMessageContaining("cannot start from an optimizer of another architecture");
  }

  /// The base's update would have to be differentiated by the gradient.
  @Test
  void secondDerivativesAreRefused() {
    assertThat(CORRECTED.differentiability()).isEqualTo(Differentiability.FIRST_ORDER);
    assertThatThrownBy(() -> new ExactBptt(5).check(CORRECTED))
        .hasMessageContaining("second derivatives through this optimizer are not exact");
  }

  /// The base and r are constants on the way back; what comes back through the network is not lost.
  @Test
  void whatTheNetworkSeesComesBackToTheGradient() {
    float[] weights = Steps.weights(CORRECTED, 11);
    var rule = CORRECTED.with(weights);
    var network = NETWORK.with(Arrays.copyOf(weights, SCHEDULE));
    float[] slopes = {1, -2, 3, 0.5f, -1};
    var through = new Cotangent<>(slopes, rule.start(LAYOUT), new float[5]);
    rule.backwardStep(
        rule.start(LAYOUT), Point.of(0, gradients[0]), through, new float[weights.length]);

    float[] logarithms = updates(weights)[0];
    for (int n = 0; n < 5; n++) {
      logarithms[n] *= slopes[n];
    }
    var alone = new Cotangent<>(logarithms, network.start(LAYOUT), new float[5]);
    network.backwardStep(
        network.start(LAYOUT), Point.of(0, gradients[0]), alone, new float[SCHEDULE]);
    assertThat(through.gradient()).containsExactly(alone.gradient());
    assertThat(through.gradient()).doesNotContain(0);
  }

  private float[][] updates(float[] weights) {
    return Steps.updates(CORRECTED.with(weights), LAYOUT, gradients);
  }

  private float[] backward(float[] weights, int firstStep, int[] coordinates) {
    var rule = CORRECTED.with(weights);
    Corrected.State state = Steps.after(firstStep, rule, LAYOUT, gradients);
    float[] slope = new float[weights.length];
    float[] ones = {1, 1, 1, 1, 1};
    rule.backward(state, Steps.unroll(LAYOUT, firstStep, gradients, ones, coordinates), slope);
    return slope;
  }
}
