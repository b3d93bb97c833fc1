package dev.glissade.learned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.glissade.LearnedOptimizer.Backpropagatable;
import dev.glissade.LearnedOptimizer.DifferentiableRule;
import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.optimizer.Nesterov;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A corrected rule starts as the rule it corrects, and its rate is learned by the true derivative.
class CorrectedOptimizerTest {

  private static final LstmConfiguration NETWORK =
      new LstmConfiguration(1, 3, new Preprocessing.LogSign(10), 0.1);
  private static final Architecture CORRECTED =
      new Architecture(NETWORK, Optional.of(new BlockGroup.Fixed("nesterov", 0.3)), List.of());
  private static final ParameterLayout LAYOUT = ParameterLayout.of("x", 5);
  private static final int STEPS = 4;

  private final float[][] gradients = gradients();

  @Test
  void startsAsTheBaseRule() {
    Backpropagatable<?> family = CORRECTED.optimizer();
    assertThat(updates(family.with(family.initialWeights(1))))
        .isDeepEqualTo(updates(new Nesterov(0.3)));
  }

  @Test
  void theNetworkSaysByWhichFactorTheBaseIsWrong() {
    float[] weights = weights(2);
    int own = weights.length - RateSchedule.SIZE - 1;
    weights[weights.length - 1] = 0; // α
    float[] network = Arrays.copyOf(weights, own);
    float[][] all = updates(CORRECTED.optimizer().with(weights));
    float[][] base = updates(new Nesterov(0.3));
    float[][] correction = updates(new LstmOptimizer(NETWORK).with(network));
    for (int t = 0; t < STEPS; t++) {
      double logRate = RateSchedule.at(weights, own, t);
      for (int n = 0; n < 5; n++) {
        assertThat((double) all[t][n])
            .isCloseTo(Math.exp(logRate + correction[t][n]) * base[t][n], within(1e-6));
      }
    }
  }

  @Test
  void derivativesAreThoseOfFiniteDifferences() {
    float[] weights = weights(3);
    float[] slope = new float[weights.length];
    backward(CORRECTED.optimizer(), weights, IntStream.range(0, 5).toArray(), slope);
    for (int i = 0; i < weights.length; i += i < weights.length - 12 ? 7 : 1) {
      float[] up = weights.clone();
      float[] down = weights.clone();
      up[i] += 1e-2f;
      down[i] -= 1e-2f;
      double difference = (surrogate(up) - surrogate(down)) / (up[i] - down[i]);
      assertThat((double) slope[i])
          .isCloseTo(difference, within(1e-3 * (1 + Math.abs(difference))));
    }
    assertThat(slope[weights.length - RateSchedule.SIZE - 1]).isNotZero();
    assertThat(slope[weights.length - 1]).isNotZero();
  }

  @Test
  void derivativesGoOnInMidEpisode() {
    float[] weights = weights(9);
    Backpropagatable<?> family = CORRECTED.optimizer();
    float[] slope = new float[weights.length];
    backwardLater(family, weights, slope);
    for (int i = weights.length - RateSchedule.SIZE - 1; i < weights.length; i++) {
      float[] up = weights.clone();
      float[] down = weights.clone();
      up[i] += 1e-2f;
      down[i] -= 1e-2f;
      double difference = (laterSurrogate(up) - laterSurrogate(down)) / (up[i] - down[i]);
      assertThat((double) slope[i])
          .isCloseTo(difference, within(1e-3 * (1 + Math.abs(difference))));
    }
  }

  @Test
  void matricesOfTheBaseStayMatrices() {
    ParameterLayout matrix = ParameterLayout.of("w", 2, 3);
    Architecture muon =
        new Architecture(NETWORK, Optional.of(new BlockGroup.Fixed("muon", 0.3)), List.of());
    matrices(muon.optimizer(), weights(10), matrix);
  }

  /// The derivative by r is Σ λₜ·uₜ, whatever the base: it shows which updates were made again.
  private static <S extends OptimizerState> void matrices(
      Backpropagatable<S> family, float[] weights, ParameterLayout layout) {
    float[][] gradients = {{3, 1, 4, 1, 5, 9}, {2, 6, 5, 3, 5, 8}};
    DifferentiableRule<S> rule = family.with(weights);
    float[] update = new float[6];
    rule.update(gradients[0], rule.start(layout), update);
    double expected = 0;
    for (int n = 0; n < 6; n++) {
      expected += update[n] * gradients[1][n];
    }
    float[] slope = new float[weights.length];
    rule.backward(
        rule.start(layout), gradients, new float[] {0, 1}, new int[] {0, 1, 2, 3, 4, 5}, slope);
    assertThat((double) slope[weights.length - RateSchedule.SIZE - 1])
        .isCloseTo(expected, within(1e-4 * Math.abs(expected)));
  }

  @Test
  void aPartOfTheCoordinatesGivesTheirPartOfTheDerivative() {
    float[] weights = weights(4);
    float[] all = new float[weights.length];
    float[] parts = new float[weights.length];
    Backpropagatable<?> family = CORRECTED.optimizer();
    backward(family, weights, IntStream.range(0, 5).toArray(), all);
    backward(family, weights, new int[] {0, 3}, parts);
    backward(family, weights, new int[] {1, 2, 4}, parts);
    assertThat(parts).containsExactly(all, within(1e-5f));
  }

  @Test
  void oneStepGivesTheSameDerivativeAsAnUnrollOfOne() {
    oneStep(CORRECTED.optimizer(), weights(5));
  }

  private <S extends OptimizerState> void oneStep(Backpropagatable<S> family, float[] weights) {
    DifferentiableRule<S> rule = family.with(weights);
    float[] unroll = new float[weights.length];
    float[] step = new float[weights.length];
    float[][] two = {gradients[0], gradients[1]};
    rule.backward(rule.start(LAYOUT), two, new float[] {0, 1}, new int[] {0, 1, 2, 3, 4}, unroll);
    rule.backwardStep(
        rule.start(LAYOUT), gradients[0], gradients[1], rule.start(LAYOUT), step, new float[5]);
    assertThat(step).containsExactly(unroll, within(1e-6f));
  }

  /// The weights of the network are one fewer than φ; many coordinates go through several chunks of
  /// the kernels, whose derivatives must not end up in that of ρ.
  @Test
  void manyCoordinatesGiveTheSumOfTheirDerivatives() {
    many(CORRECTED.optimizer(), weights(6));
  }

  private static <S extends OptimizerState> void many(Backpropagatable<S> family, float[] weights) {
    int count = 2000;
    Random random = new Random(8);
    float[][] gradients = new float[3][count];
    for (float[] gradient : gradients) {
      for (int n = 0; n < count; n++) {
        gradient[n] = (float) random.nextGaussian();
      }
    }
    float[] multipliers = {1, 1, 1};
    ParameterLayout layout = ParameterLayout.of("x", count);
    DifferentiableRule<S> rule = family.with(weights);
    float[] whole = new float[weights.length];
    int[] all = IntStream.range(0, count).toArray();
    rule.backward(rule.start(layout), gradients, multipliers, all, whole);
    float[] parts = new float[weights.length];
    for (int from = 0; from < count; from += 50) {
      int[] some = IntStream.range(from, from + 50).toArray();
      rule.backward(rule.start(layout), gradients, multipliers, some, parts);
    }
    assertThat(whole).containsExactly(parts, within(1e-2f));
    assertThat(whole[whole.length - RateSchedule.SIZE - 1]).isNotZero();
  }

  @Test
  void theBaseSurvivesItsFile(@TempDir Path folder) throws IOException {
    Architecture grouped =
        new Architecture(
            NETWORK,
            Optional.of(new BlockGroup.Fixed("nesterov", 0.1)),
            BlockGroup.parse("conv=conv.*w|dense0+nesterov=0.005;offset=offset$:sgd=0.5"));
    float[] weights = grouped.optimizer().initialWeights(1);
    Path file = folder.resolve("corrected.safetensors");
    new TrainedOptimizer(grouped, weights, Map.of()).save(file);
    assertThat(TrainedOptimizer.load(file).architecture()).isEqualTo(grouped);
    assertThat(TrainedOptimizer.load(file).weights()).containsExactly(weights);
  }

  @Test
  void theWeightsOfAWholeUpdateAreNoCorrection() {
    float[] lstm = new LstmOptimizer(NETWORK).initialWeights(1);
    TrainedOptimizer whole = new TrainedOptimizer(Architecture.of(NETWORK), lstm, Map.of());
    assertThatThrownBy(() -> CORRECTED.adopt(whole))
        .hasMessageContaining("cannot start from an optimizer of another architecture");
  }

  private static float[] weights(long seed) {
    Random random = new Random(seed);
    float[] weights = CORRECTED.optimizer().initialWeights(seed);
    for (int i = 0; i < weights.length; i++) {
      weights[i] += (float) (0.3 * random.nextGaussian());
    }
    return weights;
  }

  private static float[][] gradients() {
    Random random = new Random(7);
    float[][] gradients = new float[STEPS + 1][5];
    for (float[] gradient : gradients) {
      for (int n = 0; n < gradient.length; n++) {
        gradient[n] = (float) random.nextGaussian();
      }
    }
    return gradients;
  }

  private <S extends OptimizerState> float[][] updates(Optimizer<S> rule) {
    S state = rule.start(LAYOUT);
    float[][] updates = new float[STEPS][5];
    for (int t = 0; t < STEPS; t++) {
      rule.update(gradients[t], state, updates[t]);
    }
    return updates;
  }

  /// Σₜ uₜ·Σ_{k>t} gₖ: what `backward` differentiates where all multipliers are 1.
  private double surrogate(float[] weights) {
    float[][] updates = updates(CORRECTED.optimizer().with(weights));
    double sum = 0;
    for (int t = 0; t < STEPS; t++) {
      for (int k = t + 1; k <= STEPS; k++) {
        for (int n = 0; n < 5; n++) {
          sum += (double) updates[t][n] * gradients[k][n];
        }
      }
    }
    return sum;
  }

  /// The state after twenty steps on the first gradient: the schedule is in its third piece.
  private <S extends OptimizerState> S later(Optimizer<S> rule) {
    S state = rule.start(LAYOUT);
    for (int t = 0; t < 20; t++) {
      rule.update(gradients[0], state, new float[5]);
    }
    return state;
  }

  private <S extends OptimizerState> void backwardLater(
      Backpropagatable<S> family, float[] weights, float[] slope) {
    DifferentiableRule<S> rule = family.with(weights);
    rule.backward(
        later(rule), gradients, new float[] {1, 1, 1, 1, 1}, new int[] {0, 1, 2, 3, 4}, slope);
  }

  private double laterSurrogate(float[] weights) {
    return laterSurrogate(CORRECTED.optimizer(), weights);
  }

  /// That of an unroll whose start is the same for all φ: only ρ moves it here.
  private <S extends OptimizerState> double laterSurrogate(
      Backpropagatable<S> family, float[] weights) {
    DifferentiableRule<S> rule = family.with(weights);
    S state = later(rule);
    double sum = 0;
    for (int t = 0; t < STEPS; t++) {
      float[] update = new float[5];
      rule.update(gradients[t], state, update);
      for (int k = t + 1; k <= STEPS; k++) {
        for (int n = 0; n < 5; n++) {
          sum += (double) update[n] * gradients[k][n];
        }
      }
    }
    return sum;
  }

  private <S extends OptimizerState> void backward(
      Backpropagatable<S> family, float[] weights, int[] coordinates, float[] slope) {
    DifferentiableRule<S> rule = family.with(weights);
    rule.backward(rule.start(LAYOUT), gradients, new float[] {1, 1, 1, 1, 1}, coordinates, slope);
  }
}
