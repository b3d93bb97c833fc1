package dev.glissade.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.glissade.BlockFilter;
import dev.glissade.Descent;
import dev.glissade.FiniteDifferences;
import dev.glissade.LearnedOptimizer;
import dev.glissade.Objective;
import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.Point;
import dev.glissade.TwiceDifferentiable;
import dev.glissade.file.JsonObject;
import dev.glissade.learned.Corrected;
import dev.glissade.learned.Lstm;
import dev.glissade.meta.GradientEstimator.Assignment;
import dev.glissade.meta.GradientEstimator.Estimate;
import dev.glissade.meta.GradientEstimator.Worker;
import dev.glissade.optimizer.Rule;
import dev.glissade.optimizer.Sgd;
import dev.glissade.problem.Quadratic;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Every estimator moves an episode on by one unroll, tells what it cost, and gives a gradient
/// whose size is that of its scale.
class EstimatorContractTest {

  private static final int STEPS = 4;
  private static final double SIGMA = 0.05;
  private static final LearnedDescent FAMILY = new LearnedDescent(0.1);

  /// Some φ of the family, with a shift.
  private static final float[] WEIGHTS = {(float) Math.log(0.07), 0.05f};

  private static final TwiceDifferentiable BOWL =
      Quadratic.of(new float[] {1, 0.5f, -0.3f, 1.2f}, new float[] {1, -1}, new float[] {2, -1});

  static Stream<GradientEstimator> estimators() {
    return Stream.of(
        new TruncatedBptt(STEPS),
        new TruncatedBptt(STEPS, 0.5),
        new Imitation(new TruncatedBptt(STEPS, 0.5), Imitated.parse("sgd=0.05"), 1),
        new ExactBptt(STEPS),
        new EvolutionStrategies(STEPS, SIGMA),
        new PersistentEvolutionStrategies(STEPS, SIGMA));
  }

  /// What an imitation costs is no meta-loss: see its own test.
  static Stream<Arguments> estimatorsAndLosses() {
    return estimators()
        .filter(estimator -> !(estimator instanceof Imitation))
        .flatMap(
            estimator -> Stream.of(MetaLoss.values()).map(loss -> Arguments.of(estimator, loss)));
  }

  private static Assignment assignment(GradientEstimator estimator, double scale) {
    return new Assignment(FAMILY, BlockFilter.ALL, estimator, MetaLoss.LOSSES, scale);
  }

  private static Estimate first(Assignment assignment, Objective objective, long seed) {
    return assignment.start(List.of(objective), WEIGHTS).advance(WEIGHTS, seed);
  }

  @Test
  void everyKindHasARow() {
    assertThat(estimators().map(GradientEstimator::kind).distinct())
        .containsExactlyElementsOf(GradientEstimators.kinds());
  }

  @ParameterizedTest
  @MethodSource("estimators")
  void isWhatItsJsonSays(GradientEstimator estimator) throws IOException {
    JsonObject json = JsonObject.parse(GradientEstimators.toJson(estimator).toString());
    assertThat(GradientEstimators.fromJson(json)).isEqualTo(estimator);
    GradientEstimator longer = estimator.withUnroll(9);
    assertThat(longer.unroll()).isEqualTo(9);
    assertThat(longer.withUnroll(STEPS)).isEqualTo(estimator);
    assertThatThrownBy(() -> estimator.withUnroll(0)).hasMessage("unroll must be >= 1, got 0");
  }

  @Test
  void aKindThatIsNotKnownIsNamed() {
    assertThatThrownBy(() -> GradientEstimators.of("bppt", 5, JsonObject.empty()))
        .hasMessageContaining("unknown gradient estimator 'bppt' (did you mean 'bptt'?)");
  }

  @ParameterizedTest
  @MethodSource("estimators")
  void isLinearInItsScale(GradientEstimator estimator) {
    Estimate whole = first(assignment(estimator, 1), BOWL, 3);
    Estimate half = first(assignment(estimator, 0.5), BOWL, 3);
    assertThat(half.loss()).isCloseTo(0.5 * whole.loss(), within(1e-9));
    for (int i = 0; i < WEIGHTS.length; i++) {
      assertThat(whole.gradient()[i]).isNotZero();
      assertThat(half.gradient()[i])
          .isCloseTo(0.5f * whole.gradient()[i], within(1e-5f * Math.abs(whole.gradient()[i])));
    }
  }

  @ParameterizedTest
  @MethodSource("estimators")
  void movesOnByItsUnroll(GradientEstimator estimator) {
    Watched watched = new Watched(BOWL);
    Worker worker = assignment(estimator, 1).start(List.of(watched), WEIGHTS);
    for (int unroll = 1; unroll <= 3; unroll++) {
      worker.advance(WEIGHTS, unroll);
      assertThat(watched.draws().stream().distinct().sorted())
          .containsExactlyElementsOf(
              LongStream.rangeClosed(0, (long) unroll * STEPS).boxed().toList());
    }
  }

  @ParameterizedTest
  @MethodSource("estimators")
  void isRepeatable(GradientEstimator estimator) {
    Estimate estimate = first(assignment(estimator, 1), BOWL, 3);
    Estimate again = first(assignment(estimator, 1), BOWL, 3);
    assertThat(again.gradient()).containsExactly(estimate.gradient());
    assertThat(again.loss()).isEqualTo(estimate.loss());
    boolean random =
        !estimator.equals(new TruncatedBptt(STEPS)) && !(estimator instanceof ExactBptt);
    float[] other = first(assignment(estimator, 1), BOWL, 4).gradient();
    assertThat(Arrays.equals(other, estimate.gradient())).isEqualTo(!random);
  }

  @ParameterizedTest
  @MethodSource("estimators")
  void doesNotChangeTheWeights(GradientEstimator estimator) {
    float[] weights = WEIGHTS.clone();
    assignment(estimator, 1).start(List.of(BOWL), weights).advance(weights, 5);
    assertThat(weights).containsExactly(WEIGHTS);
  }

  /// A gradient that is not finite at every third draw: the episode goes on, and it is counted.
  @ParameterizedTest
  @MethodSource("estimators")
  void countsWhatIsNotFinite(GradientEstimator estimator) {
    TwiceDifferentiable failing = new Failing(BOWL);
    Worker worker = assignment(estimator, 1).start(List.of(failing, BOWL), WEIGHTS);
    boolean twoRuns =
        estimator instanceof EvolutionStrategies
            || estimator instanceof PersistentEvolutionStrategies;
    assertThat(worker.advance(WEIGHTS, 1).nonFiniteCount()).isEqualTo(twoRuns ? 2 : 1); // draw 2
    assertThat(worker.advance(WEIGHTS, 2).nonFiniteCount()).isEqualTo(twoRuns ? 4 : 2); // 5 and 8
  }

  private record Failing(TwiceDifferentiable objective) implements TwiceDifferentiable {
    @Override
    public ParameterLayout layout() {
      return objective.layout();
    }

    @Override
    public float[] initialParameters() {
      return objective.initialParameters();
    }

    @Override
    public double evaluate(float[] parameters, long draw, float[] gradient) {
      double loss = objective.evaluate(parameters, draw, gradient);
      return draw % 3 == 2 ? Double.NaN : loss;
    }

    @Override
    public void hessianTimes(float[] parameters, long draw, float[] vector, float[] product) {
      objective.hessianTimes(parameters, draw, vector, product);
    }
  }

  /// The scaled sum over the points reached; where two runs are compared, their mean.
  @ParameterizedTest
  @MethodSource("estimatorsAndLosses")
  void tellsWhatTheUnrollCost(GradientEstimator estimator, MetaLoss loss) {
    double scale = 0.25;
    Assignment assignment = new Assignment(FAMILY, BlockFilter.ALL, estimator, loss, scale);
    boolean perturbed =
        estimator instanceof EvolutionStrategies
            || estimator instanceof PersistentEvolutionStrategies;
    double expected;
    if (perturbed) {
      Perturbation epsilon = Perturbation.draw(assignment, SIGMA, 6);
      expected = (sum(loss, epsilon.addTo(WEIGHTS, 1)) + sum(loss, epsilon.addTo(WEIGHTS, -1))) / 2;
    } else {
      expected = sum(loss, WEIGHTS);
    }
    assertThat(first(assignment, BOWL, 6).loss()).isCloseTo(scale * expected, within(1e-9));
  }

  private static double sum(MetaLoss loss, float[] weights) {
    return advance(Descent.start(BOWL, FAMILY.with(weights)), weights, loss);
  }

  /// Moves a run on by one unroll, and sums up.
  private static double advance(Descent descent, float[] weights, MetaLoss loss) {
    double sum = 0;
    for (int t = 0; t < STEPS; t++) {
      descent.advance(FAMILY.with(weights));
      sum += loss.of(descent.loss());
    }
    return sum;
  }

  @ParameterizedTest
  @EnumSource
  void exactGradientsAreThoseOfTheMetaLoss(MetaLoss loss) {
    Assignment assignment = new Assignment(FAMILY, BlockFilter.ALL, new ExactBptt(STEPS), loss, 1);
    float[] gradient = first(assignment, BOWL, 1).gradient();
    assertGradient(gradient, weights -> sum(loss, weights));
  }

  /// The second unroll starts where the first, with other weights, ended: that counts as a
  /// constant.
  @Test
  void exactGradientsGoOnInMidEpisode() {
    Worker worker = assignment(new ExactBptt(STEPS), 1).start(List.of(BOWL), WEIGHTS);
    worker.advance(WEIGHTS, 1);
    assertGradient(
        worker.advance(WEIGHTS, 2).gradient(),
        weights -> {
          Descent descent = Descent.start(BOWL, FAMILY.with(WEIGHTS));
          advance(descent, WEIGHTS, MetaLoss.LOSSES);
          return advance(descent, weights, MetaLoss.LOSSES);
        });
  }

  /// Σₜ uₜ(φ)·Σ_{k>t} λₖ·gₖ, with all gradients g, and their weights λ, where they were.
  @ParameterizedTest
  @EnumSource
  void truncatedGradientsAreThoseOfUpdatesOnGivenGradients(MetaLoss loss) {
    Assignment assignment =
        new Assignment(FAMILY, BlockFilter.ALL, new TruncatedBptt(STEPS), loss, 1);
    float[] gradient = first(assignment, BOWL, 1).gradient();
    assertGradient(
        gradient,
        weights -> {
          Descent descent = Descent.start(BOWL, FAMILY.with(WEIGHTS));
          double[] updates = new double[2]; // summed up to now
          double sum = 0;
          for (int t = 0; t < STEPS; t++) {
            float[] update = new float[2];
            FAMILY
                .with(weights)
                .update(Point.of(t, descent.gradient()), new OptimizerState.Empty(), update);
            descent.advance();
            for (int n = 0; n < 2; n++) {
              updates[n] += update[n];
              sum += loss.slope(descent.loss()) * updates[n] * descent.gradient()[n];
            }
          }
          return sum;
        });
  }

  private static void assertGradient(float[] gradient, ToDoubleFunction<float[]> metaLoss) {
    for (int i = 0; i < gradient.length; i++) {
      double expected = FiniteDifferences.partial(metaLoss, WEIGHTS.clone(), i, 0.3);
      assertThat((double) gradient[i])
          .as("φ[%d]", i)
          .isCloseTo(expected, within(1e-3 * (0.1 + Math.abs(expected))));
    }
  }

  /// Which way it went on shows in the next unroll.
  @Test
  void evolutionGoesOnFromTheRunAbove() {
    Watched watched = new Watched(BOWL);
    Assignment assignment = assignment(new EvolutionStrategies(STEPS, SIGMA), 1);
    Worker worker = assignment.start(List.of(watched), WEIGHTS);
    worker.advance(WEIGHTS, 1);
    int before = watched.points().size();
    worker.advance(WEIGHTS, 2);

    float[] above = Perturbation.draw(assignment, SIGMA, 1).addTo(WEIGHTS, 1);
    Descent descent = Descent.start(BOWL, FAMILY.with(above));
    descent.run(STEPS);
    assertThat(watched.points().get(before)).containsExactly(descent.parameters());
    assertThat(watched.draws().get(before)).isEqualTo(STEPS);
  }

  @Test
  void persistentEvolutionKeepsBothRunsAndAllPerturbations() {
    Assignment assignment = assignment(new PersistentEvolutionStrategies(STEPS, SIGMA), 1);
    Worker worker = assignment.start(List.of(BOWL), WEIGHTS);
    Descent above = Descent.start(BOWL, FAMILY.with(WEIGHTS));
    Descent below = Descent.start(BOWL, FAMILY.with(WEIGHTS));
    double[] total = new double[WEIGHTS.length];
    for (int unroll = 1; unroll <= 3; unroll++) {
      Estimate estimate = worker.advance(WEIGHTS, unroll);
      Perturbation epsilon = Perturbation.draw(assignment, SIGMA, unroll);
      double upper = advance(above, epsilon.addTo(WEIGHTS, 1), MetaLoss.LOSSES);
      double lower = advance(below, epsilon.addTo(WEIGHTS, -1), MetaLoss.LOSSES);
      assertThat(estimate.loss()).isCloseTo((upper + lower) / 2, within(1e-9));
      for (int i = 0; i < total.length; i++) {
        total[i] += epsilon.values()[i];
        double expected = (upper - lower) / (2 * SIGMA * SIGMA) * total[i];
        assertThat((double) estimate.gradient()[i])
            .isCloseTo(expected, within(1e-4 * (1 + Math.abs(expected))));
      }
    }
  }

  @Test
  void evolutionLeavesBlocksAloneThatAreNotTrained() {
    for (GradientEstimator estimator :
        List.of(
            new EvolutionStrategies(STEPS, SIGMA),
            new PersistentEvolutionStrategies(STEPS, SIGMA))) {
      Assignment assignment =
          new Assignment(
              FAMILY, new BlockFilter(LearnedDescent.RATE), estimator, MetaLoss.LOSSES, 1);
      Perturbation epsilon = Perturbation.draw(assignment, SIGMA, 1);
      assertThat(epsilon.values()[0]).isNotZero();
      assertThat(epsilon.values()[1]).isZero();
      Worker worker = assignment.start(List.of(BOWL), WEIGHTS);
      for (int unroll = 1; unroll <= 2; unroll++) {
        float[] gradient = worker.advance(WEIGHTS, unroll).gradient();
        assertThat(gradient[0]).isNotZero();
        assertThat(gradient[1]).isZero();
      }
    }
  }

  /// Σ over an episode of gradients by φ₀, their mean over many seeds, and its standard error.
  private record Mean(double value, double error) {

    static Mean of(GradientEstimator estimator, int unrolls, int count) {
      float[] weights = {(float) Math.log(0.1), 0};
      Assignment assignment =
          new Assignment(
              FAMILY, new BlockFilter(LearnedDescent.RATE), estimator, MetaLoss.LOSSES, 1);
      double sum = 0;
      double squares = 0;
      for (int k = 0; k < count; k++) {
        Worker worker = assignment.start(List.of(new Parabola(1, 1)), weights);
        double episode = 0;
        for (int u = 0; u < unrolls; u++) {
          episode += worker.advance(weights, (long) k * unrolls + u).gradient()[0];
        }
        sum += episode;
        squares += episode * episode;
      }
      double mean = sum / count;
      return new Mean(mean, Math.sqrt((squares / count - mean * mean) / count));
    }
  }

  /// The derivative by log a of Σ ½(1 − a)²ᵗ, t = 1 … steps, at a = 0.1.
  private static double derivative(int steps) {
    double derivative = 0;
    for (int t = 1; t <= steps; t++) {
      derivative -= t * Math.pow(0.9, 2 * t - 1) * 0.1;
    }
    return derivative;
  }

  /// With σ = 0.01, what smoothing the meta-loss changes is below the standard error.
  @Test
  void evolutionIsUnbiasedOverOneUnroll() {
    for (GradientEstimator estimator :
        List.of(
            new EvolutionStrategies(STEPS, 0.01), new PersistentEvolutionStrategies(STEPS, 0.01))) {
      Mean mean = Mean.of(estimator, 1, 3000);
      assertThat(mean.value).isCloseTo(derivative(STEPS), within(4 * mean.error));
      assertThat(mean.error).isLessThan(0.05 * Math.abs(derivative(STEPS)));
    }
  }

  @Test
  void persistentEvolutionIsUnbiasedOverAnEpisodeWherePlainEvolutionIsNot() {
    double exact = derivative(5 * STEPS);
    Mean persistent = Mean.of(new PersistentEvolutionStrategies(STEPS, 0.01), 5, 6000);
    assertThat(persistent.value).isCloseTo(exact, within(4 * persistent.error));
    assertThat(persistent.error).isLessThan(0.05 * Math.abs(exact));
    Mean plain = Mean.of(new EvolutionStrategies(STEPS, 0.01), 5, 3000);
    assertThat(Math.abs(plain.value - exact)).isGreaterThan(10 * plain.error);
  }

  /// A family of which nothing is known but forward runs.
  private record Forward() implements LearnedOptimizer<OptimizerState.Empty> {
    @Override
    public ParameterLayout layout() {
      return FAMILY.layout();
    }

    @Override
    public float[] initialWeights(long seed) {
      return FAMILY.initialWeights(seed);
    }

    @Override
    public Optimizer<OptimizerState.Empty> with(float[] weights) {
      return new Sgd(Math.exp(weights[0]));
    }
  }

  @Test
  void backPropagationRefusesWhatCannotBeDifferentiated() {
    assertThatThrownBy(() -> new TruncatedBptt(STEPS).check(new Forward()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot be differentiated: train it with evolution strategies");
    assertThatThrownBy(() -> new ExactBptt(STEPS).check(new Forward()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() ->
            new ExactBptt(STEPS).check(new Corrected(Lstm.forNetworks(), Rule.parse("sgd=1"))))
        .hasMessageContaining("not exact: train without them");
    new EvolutionStrategies(STEPS, 1).check(new Forward());
    new PersistentEvolutionStrategies(STEPS, 1).check(new Forward());
    assertThat(first(forward(new EvolutionStrategies(STEPS, SIGMA)), BOWL, 1).gradient()[0])
        .isNotZero();
  }

  private static Assignment forward(GradientEstimator estimator) {
    return new Assignment(new Forward(), BlockFilter.ALL, estimator, MetaLoss.LOSSES, 1);
  }

  /// A rule that mixes all coordinates cannot be run on some of them.
  @Test
  void aPartOfTheCoordinatesIsForRulesThatDoNotMixThem() {
    assertThatThrownBy(() -> new TruncatedBptt(STEPS, 0.5).check(new Mixing()))
        .hasMessageContaining("coordinateFraction must be 1, got 0.5");
    new TruncatedBptt(STEPS).check(new Mixing());
    assertThatThrownBy(() -> new TruncatedBptt(STEPS, 0))
        .hasMessage("coordinateFraction must be in (0, 1], got 0.0");
    assertThatThrownBy(() -> new TruncatedBptt(STEPS, 1.5))
        .hasMessage("coordinateFraction must be in (0, 1], got 1.5");
  }

  private record Mixing() implements LearnedOptimizer<OptimizerState.Empty> {
    @Override
    public ParameterLayout layout() {
      return FAMILY.layout();
    }

    @Override
    public float[] initialWeights(long seed) {
      return FAMILY.initialWeights(seed);
    }

    @Override
    public Optimizer<OptimizerState.Empty> with(float[] weights) {
      return FAMILY.with(weights);
    }

    @Override
    public Differentiability differentiability() {
      return Differentiability.EXACT;
    }
  }

  @Test
  void exactGradientsNeedSecondDerivatives() {
    assertThat(new ExactBptt(STEPS).needsSecondDerivatives()).isTrue();
    assertThatThrownBy(() ->
            assignment(new ExactBptt(STEPS), 1)
                .start(List.of(BOWL, new BatchTest.Once(BOWL)), WEIGHTS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Hessian-vector products; train without them");
  }
}
