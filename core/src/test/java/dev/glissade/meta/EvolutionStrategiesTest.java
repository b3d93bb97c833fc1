package dev.glissade.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.glissade.LearnedOptimizer.Backpropagatable;
import dev.glissade.Objective;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.Problem;
import dev.glissade.learned.Architecture;
import dev.glissade.learned.BlockGroup;
import dev.glissade.learned.LstmConfiguration;
import dev.glissade.learned.Preprocessing;
import dev.glissade.training.MetaTraining;
import dev.glissade.training.MetaTrainingConfiguration;
import dev.glissade.training.TrainingListener;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Evolution strategies learn a rate from what it does over a whole unroll, and nothing else.
class EvolutionStrategiesTest {

  private static final int STEPS = 10;
  private static final Pattern RATE = Pattern.compile("log-rate");

  private static final MetaTrainingConfiguration TRAINING =
      MetaTrainingConfiguration.defaults()
          .withSteps(STEPS)
          .with("episodes", 40)
          .with("batch", 2)
          .with("evolution", 0.2)
          .with("trainOnly", "log-rate")
          .with("learningRate", 0.2)
          .with("validateEvery", 10)
          .with("validationInstances", 2);

  /// The rate's logarithm at the first step and its growth in the first half of a decade, the only
  /// one here, are followed by five more, and by the power of fading.
  private static final int SCHEDULE = 7;

  /// Gradient descent whose rate is learned, with a linear correction that is silent at first.
  private static Backpropagatable<?> descentAt(double rate) {
    return new Architecture(
            new LstmConfiguration(0, 1, new Preprocessing.Identity(), 1),
            Optional.of(new BlockGroup.Fixed("sgd", rate)),
            List.of())
        .optimizer();
  }

  private static <S extends OptimizerState> float[] estimate(
      Backpropagatable<S> family, Objective objective, double deviation, long seed) {
    return estimate(MetaLoss.LOSSES, family, objective, deviation, seed);
  }

  private static <S extends OptimizerState> float[] estimate(
      MetaLoss metaLoss,
      Backpropagatable<S> family,
      Objective objective,
      double deviation,
      long seed) {
    float[] weights = family.initialWeights(1);
    Episode<S> episode = new Episode<>(List.of(objective), family.with(weights));
    float[] gradient = new float[weights.length];
    new EvolutionStrategies<>(family, STEPS, metaLoss, deviation, RATE)
        .estimate(weights, episode, 1, seed, gradient);
    assertThat(episode.descent().steps()).isEqualTo(STEPS);
    return gradient;
  }

  /// L(ρ) = Σₜ ½(1 − 0.1·exp(ρ))²ᵗ on ½x² from x = 1.
  @Test
  void estimatesTheDerivativeByTheRate() {
    double rate = 0.1;
    double derivative = 0;
    for (int t = 1; t <= STEPS; t++) {
      derivative -= t * Math.pow(1 - rate, 2 * t - 1) * rate;
    }
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

  private record OneParabola() implements Problem {
    @Override
    public String name() {
      return "one-parabola";
    }

    @Override
    public Objective sample(Split split, long seed) {
      return new Parabola(1, 1);
    }
  }

  private static MetaTraining.Result train(
      Backpropagatable<?> family, MetaTrainingConfiguration configuration) {
    return MetaTraining.withAdam(new OneParabola(), family, configuration)
        .run(TrainingListener.silent());
  }

  @Test
  void trainingFindsTheRateAndLeavesTheRestAsItWas() {
    Backpropagatable<?> family = descentAt(0.05);
    MetaTraining.Result result = train(family, TRAINING, 1);
    float[] start = family.initialWeights(TRAINING.seed());
    int rate = start.length - SCHEDULE - 1;
    assertThat(0.05 * Math.exp(result.weights()[rate])).isBetween(0.3, 1.7); // the best is 1
    assertThat(Arrays.copyOf(result.weights(), rate)).containsExactly(Arrays.copyOf(start, rate));
    assertThat(train(family, TRAINING, 2).weights()).containsExactly(result.weights());
  }

  @Test
  void aTrainingThatLeadsNowhereEndsWhereItBegan() {
    Backpropagatable<?> family = descentAt(1);
    MetaTraining.Result result = train(family, TRAINING.with("learningRate", 50), 1);
    assertThat(result.episode()).isZero();
    assertThat(result.weights()).containsExactly(family.initialWeights(TRAINING.seed()));
    assertThat(result.validationLoss()).isLessThan(1e-10);
  }

  @Test
  void saysWhichWeightsThereAre() {
    assertThatThrownBy(() -> train(descentAt(1), TRAINING.with("trainOnly", "rates"), 1))
        .hasMessageContaining(
            "no block matches 'rates'; there are: output/weights, output/bias, base/log-rate,"
                + " base/fading");
    assertThatThrownBy(() -> TRAINING.with("trainOnly", "("))
        .hasMessageContaining("trainOnly is no regular expression");
    assertThatThrownBy(() -> TRAINING.with("evolution", -1))
        .hasMessageContaining("evolution must be >= 0, got -1");
  }
}
