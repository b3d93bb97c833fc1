package dev.glissade.meta;

import static dev.glissade.meta.TwoWeights.BOWL;
import static dev.glissade.meta.TwoWeights.FAMILY;
import static dev.glissade.meta.TwoWeights.STEPS;
import static dev.glissade.meta.TwoWeights.WEIGHTS;
import static dev.glissade.meta.TwoWeights.assignment;
import static dev.glissade.meta.TwoWeights.first;
import static dev.glissade.meta.TwoWeights.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.glissade.BlockFilter;
import dev.glissade.ParameterLayout;
import dev.glissade.TwiceDifferentiable;
import dev.glissade.file.JsonObject;
import dev.glissade.meta.GradientEstimator.Assignment;
import dev.glissade.meta.GradientEstimator.Estimate;
import dev.glissade.meta.GradientEstimator.Worker;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every estimator moves an episode on by one unroll, tells what it cost, and gives a gradient
/// whose size is that of its scale.
class EstimatorContractTest {

  private static final double SIGMA = 0.05;

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
}
