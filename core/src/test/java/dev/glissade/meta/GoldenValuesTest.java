package dev.glissade.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.glissade.BlockFilter;
import dev.glissade.Descent;
import dev.glissade.Objective;
import dev.glissade.ParameterLayout;
import dev.glissade.learned.Lstm;
import dev.glissade.learned.Preprocessing;
import dev.glissade.meta.GradientEstimator.Assignment;
import dev.glissade.meta.GradientEstimator.Estimate;
import dev.glissade.meta.GradientEstimator.Worker;
import dev.glissade.optimizer.Adam;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The values that the tests of the authors' code (google-deepmind/learning-to-learn, 2017) expect
/// of a linear rule on f = x², x₀ = 1, with φ = 0 at first.
class GoldenValuesTest {

  private static final Lstm LINEAR = new Lstm(0, 1, new Preprocessing.Identity(), 1);

  /// An objective that moves the same episode on, unroll by unroll.
  private static final class Unrolls implements Objective {
    private final TruncatedBptt estimator;
    private final int perEpisode;
    private final Watched square = new Watched(new Parabola(2, 1));
    private Worker worker;

    Unrolls(TruncatedBptt estimator, int perEpisode) {
      this.estimator = estimator;
      this.perEpisode = perEpisode;
      this.worker = start();
    }

    private Worker start() {
      return new Assignment(LINEAR, BlockFilter.ALL, estimator, MetaLoss.LOSSES, 1)
          .start(List.of(square), LINEAR.initialWeights(0));
    }

    @Override
    public ParameterLayout layout() {
      return LINEAR.layout();
    }

    @Override
    public float[] initialParameters() {
      return LINEAR.initialWeights(0);
    }

    @Override
    public double evaluate(float[] parameters, long draw, float[] gradient) {
      if (draw % perEpisode == 0) {
        worker = start();
      }
      Estimate estimate = worker.advance(parameters, draw);
      System.arraycopy(estimate.gradient(), 0, gradient, 0, gradient.length);
      return estimate.loss();
    }
  }

  @Test
  void twoUnrollsOfFiveStepsReachTheValueOfTheAuthorsCode() {
    Unrolls unrolls = new Unrolls(new TruncatedBptt(5), 2);
    Descent training = Descent.start(unrolls, new Adam(0.01));
    training.run(1); // evaluates the second unroll as well
    assertThat(unrolls.square.loss()).isCloseTo(0.7325327, within(1e-6));
    assertThat(unrolls.square.parameters()[0]).isCloseTo(0.8559f, within(5e-5f));
  }

  @Test
  void unrollsOfTwentyStepsLearnNewtonsStepByEpoch55() {
    Unrolls unrolls = new Unrolls(new TruncatedBptt(20), 5);
    Descent training = Descent.start(unrolls, new Adam(0.01));
    int epoch = -1; // counted from 0, as there
    double finalLoss = 1;
    while (finalLoss >= 1e-5 && epoch < 500) {
      epoch++;
      training.run(4); // to the last unroll of the epoch
      finalLoss = unrolls.square.loss();
      training.advance(); // starts the next epoch
    }
    assertThat(epoch).isLessThanOrEqualTo(55);
    training.run(5 * 500);
    assertThat(training.parameters()[0]).isCloseTo(-0.48f, within(0.02f));
  }
}
