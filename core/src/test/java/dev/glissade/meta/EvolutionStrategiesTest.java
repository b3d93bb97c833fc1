package dev.glissade.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.glissade.BlockFilter;
import dev.glissade.LearnedOptimizer;
import dev.glissade.Objective;
import dev.glissade.ParameterLayout;
import dev.glissade.TestProblems;
import dev.glissade.Workers;
import dev.glissade.learned.Corrected;
import dev.glissade.learned.Lstm;
import dev.glissade.learned.Preprocessing;
import dev.glissade.meta.GradientEstimator.Assignment;
import dev.glissade.optimizer.Baselines;
import dev.glissade.training.MetaTraining;
import dev.glissade.training.Outcome;
import dev.glissade.training.Outer;
import dev.glissade.training.Start;
import dev.glissade.training.TrainingListener;
import dev.glissade.training.Validation;
import dev.glissade.training.Variety;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Evolution strategies learn a rate from what it does over a whole unroll, and nothing else.
class EvolutionStrategiesTest {

  private static final int STEPS = 10;
  private static final BlockFilter RATE = new BlockFilter("log-rate");

  /// The rate's logarithm at the first step and its growth in the first half of a decade, the only
  /// one here, are followed by five more, and by the power of fading.
  private static final int SCHEDULE = 7;

  /// Gradient descent whose rate is learned, with a linear correction that is silent at first.
  private static Corrected descentAt(double rate) {
    Lstm linear = new Lstm(0, 1, new Preprocessing.Identity(), 1);
    return new Corrected(linear, Baselines.find("sgd").rule(rate));
  }

  private static float[] estimate(
      LearnedOptimizer<?> family, Objective objective, double deviation, long seed) {
    return estimate(MetaLoss.LOSSES, family, objective, deviation, seed);
  }

  private static float[] estimate(
      MetaLoss metaLoss,
      LearnedOptimizer<?> family,
      Objective objective,
      double deviation,
      long seed) {
    float[] weights = family.initialWeights(1);
    return new Assignment(family, RATE, new EvolutionStrategies(STEPS, deviation), metaLoss, 1)
        .start(List.of(objective), weights)
        .advance(weights, seed)
        .gradient();
  }

  /// L(ρ) = Σₜ ½(1 − 0.1·exp(ρ))²ᵗ on ½x² from x = 1.
  @Test
  void estimatesTheDerivativeByTheRate() {
    double rate = 0.1;
    double derivative = Parabola.derivativeByLogRate(rate, 1, STEPS);
    int draws = 4000;
    double mean = 0;
    for (int k = 0; k < draws; k++) {
      float[] gradient = estimate(descentAt(rate), new Parabola(1, 1), 0.03, k);
      mean += gradient[gradient.length - SCHEDULE - 1] / draws;
    }
    assertThat(mean).isCloseTo(derivative, within(0.08 * Math.abs(derivative)));
  }

  /// L(ρ) = Σₜ log(½(1 − 0.1·exp(ρ))²ᵗ).
  @Test
  void estimatesTheDerivativeOfLogarithms() {
    double rate = 0.1;
    double derivative = -STEPS * (STEPS + 1) * rate / (1 - rate);
    int draws = 4000;
    double mean = 0;
    for (int k = 0; k < draws; k++) {
      float[] gradient =
          estimate(MetaLoss.LOGARITHMS, descentAt(rate), new Parabola(1, 1), 0.03, k);
      mean += gradient[gradient.length - SCHEDULE - 1] / draws;
    }
    assertThat(mean).isCloseTo(derivative, within(0.08 * Math.abs(derivative)));
  }

  /// L(ρ) = Σₜ ½(1 − 0.1·exp(ρ))²ᵗ over the last steps, times all by these.
  @Test
  void leavesOutTheFirstSteps() {
    double rate = 0.1;
    int skipped = STEPS / 2;
    double derivative = Parabola.derivativeByLogRate(rate, skipped + 1, STEPS);
    double loss = 0;
    for (int t = skipped + 1; t <= STEPS; t++) {
      loss += Math.pow(1 - rate, 2 * t) / 2;
    }
    double scale = (double) STEPS / (STEPS - skipped);
    Corrected family = descentAt(rate);
    float[] weights = family.initialWeights(1);
    EvolutionStrategies late = new EvolutionStrategies(STEPS, 0.03, 0.5);
    int draws = 4000;
    double mean = 0;
    double metaLoss = 0;
    for (int k = 0; k < draws; k++) {
      GradientEstimator.Estimate estimate =
          new Assignment(family, RATE, late, MetaLoss.LOSSES, 1)
              .start(List.of(new Parabola(1, 1)), weights)
              .advance(weights, k);
      mean += estimate.gradient()[weights.length - SCHEDULE - 1] / draws;
      metaLoss += estimate.loss() / draws;
    }
    assertThat(mean).isCloseTo(scale * derivative, within(0.08 * scale * Math.abs(derivative)));
    assertThat(metaLoss).isCloseTo(scale * loss, within(0.02 * scale * loss));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, Double.NaN})
  void someStepsCount(double skip) {
    assertThatThrownBy(() -> new EvolutionStrategies(5, 0.1, skip))
        .hasMessage("skip must be >= 0 and < 1, got " + skip);
    assertThat(GradientEstimators.fromJson(GradientEstimators.toJson(LATE))).isEqualTo(LATE);
  }

  private static final EvolutionStrategies LATE = new EvolutionStrategies(5, 0.1, 0.4);

  @Test
  void whatIsNotPerturbedHasNoGradient() {
    float[] gradient = estimate(descentAt(0.1), new Parabola(1, 1), 0.1, 1);
    int own = gradient.length - SCHEDULE - 1;
    assertThat(Arrays.copyOfRange(gradient, own, gradient.length - 1)).doesNotContain(0);
    assertThat(Arrays.copyOf(gradient, own)).containsOnly(0);
  }

  /// 2 − x from x = 0, and NaN behind x = 1: a first step of 0.99 ends just before it, and there is
  /// no second.
  private record Cliff() implements Objective {
    @Override
    public ParameterLayout layout() {
      return ParameterLayout.of("x", 1);
    }

    @Override
    public float[] initialParameters() {
      return new float[1];
    }

    @Override
    public double evaluate(float[] parameters, long draw, float[] gradient) {
      gradient[0] = parameters[0] == 0 ? -1 : 0;
      return parameters[0] < 1 ? 2 - parameters[0] : Double.NaN;
    }
  }

  /// Counted as 0, as elsewhere in a batch, blowing up would be the best that can happen. One run
  /// of every pair falls.
  @Test
  void blowingUpIsNotWorthIt() {
    for (int seed = 0; seed < 50; seed++) {
      float[] gradient = estimate(descentAt(0.99), new Cliff(), 1, seed);
      assertThat(gradient[gradient.length - SCHEDULE - 1]).isPositive();
    }
  }

  private static final MetaTraining TRAINING =
      new MetaTraining(
          TestProblems.always("one-parabola", new Parabola(1, 1)),
          Variety.NONE,
          descentAt(0.05),
          new EvolutionStrategies(STEPS, 0.2),
          new Episodes(40, STEPS, 2),
          Outer.adam(0.2),
          RATE,
          new Validation(10, 2),
          new Start.Random(),
          1);

  @Test
  void trainingFindsTheRateAndLeavesTheRestAsItWas() {
    float[] weights = Workers.with(1, TRAINING::run).weights();
    float[] start = descentAt(0.05).initialWeights(1);
    int rate = start.length - SCHEDULE - 1;
    assertThat(0.05 * Math.exp(weights[rate])).isBetween(0.3, 1.7); // the best is 1
    assertThat(Arrays.copyOf(weights, rate)).containsExactly(Arrays.copyOf(start, rate));
    assertThat(Workers.with(2, TRAINING::run).weights()).containsExactly(weights);
  }

  @Test
  void aTrainingThatLeadsNowhereEndsWhereItBegan() {
    Outcome outcome =
        TRAINING.withFamily(descentAt(1)).withLearningRate(50).run(TrainingListener.silent());
    assertThat(outcome.episode()).isZero();
    assertThat(outcome.improved()).isFalse();
    assertThat(outcome.weights()).containsExactly(descentAt(1).initialWeights(1));
    assertThat(outcome.validationLoss()).isLessThan(1e-10).isEqualTo(outcome.startLoss());
  }

  @Test
  void saysWhichWeightsThereAre() {
    assertThatThrownBy(() -> TRAINING.withTrained(new BlockFilter("rates")).run())
        .hasMessageContaining(
            "no block matches 'rates'; there are: output/weights, output/bias, base/log-rate,"
                + " base/fading");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void theDeviationIsANumberAboveZero(double deviation) {
    assertThatThrownBy(() -> new EvolutionStrategies(5, deviation))
        .hasMessageContaining("deviation must be > 0, got " + deviation);
    assertThatThrownBy(() -> new PersistentEvolutionStrategies(5, deviation))
        .hasMessageContaining("deviation must be > 0, got " + deviation);
  }
}
