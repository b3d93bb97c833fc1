package dev.glissade.meta;

import static dev.glissade.meta.TwoWeights.BOWL;
import static dev.glissade.meta.TwoWeights.FAMILY;
import static dev.glissade.meta.TwoWeights.STEPS;
import static dev.glissade.meta.TwoWeights.WEIGHTS;
import static dev.glissade.meta.TwoWeights.advance;
import static dev.glissade.meta.TwoWeights.assignment;
import static dev.glissade.meta.TwoWeights.first;
import static dev.glissade.meta.TwoWeights.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.glissade.BlockFilter;
import dev.glissade.Descent;
import dev.glissade.FiniteDifferences;
import dev.glissade.OptimizerState;
import dev.glissade.Point;
import dev.glissade.learned.Corrected;
import dev.glissade.learned.Lstm;
import dev.glissade.learned.QuasiNewton;
import dev.glissade.learned.Secants;
import dev.glissade.meta.GradientEstimator.Assignment;
import dev.glissade.meta.GradientEstimator.Worker;
import dev.glissade.optimizer.Rule;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Back-propagation gives the derivatives of what it says that it differentiates, and refuses what
/// has none.
class BackPropagationTest {

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

  @Test
  void whatCannotBeDifferentiatedIsRefused() {
    QuasiNewton undifferentiated = new QuasiNewton(Lstm.forNetworks(), 5, Secants.CONJUGATE);
    assertThatThrownBy(() -> new TruncatedBptt(STEPS).check(undifferentiated))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot be differentiated: train it with evolution strategies");
    assertThatThrownBy(() -> new ExactBptt(STEPS).check(undifferentiated))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() ->
            new ExactBptt(STEPS).check(new Corrected(Lstm.forNetworks(), Rule.parse("sgd=1"))))
        .hasMessageContaining("not exact: train without them");
  }

  /// A rule that mixes all coordinates cannot be run on some of them.
  @Test
  void aPartOfTheCoordinatesIsForRulesThatDoNotMixThem() {
    Lstm mixing = Lstm.forNetworks().withGlobalCells(1);
    assertThatThrownBy(() -> new TruncatedBptt(STEPS, 0.5).check(mixing))
        .hasMessageContaining("coordinateFraction must be 1, got 0.5");
    new TruncatedBptt(STEPS).check(mixing);
    assertThatThrownBy(() -> new TruncatedBptt(STEPS, 0))
        .hasMessage("coordinateFraction must be in (0, 1], got 0.0");
    assertThatThrownBy(() -> new TruncatedBptt(STEPS, 1.5))
        .hasMessage("coordinateFraction must be in (0, 1], got 1.5");
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
