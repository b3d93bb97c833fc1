package dev.glissade.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.glissade.Descent;
import dev.glissade.Objective;
import dev.glissade.ParameterLayout;
import dev.glissade.learned.LstmConfiguration;
import dev.glissade.learned.LstmMemory;
import dev.glissade.learned.LstmOptimizer;
import dev.glissade.learned.Preprocessing;
import dev.glissade.optimizer.Adam;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The values that the tests of the authors' code (google-deepmind/learning-to-learn, 2017) expect
/// of a linear rule on f = x², x₀ = 1, with φ = 0 at first.
class GoldenValuesTest {

  private static final LstmOptimizer LINEAR =
      new LstmOptimizer(new LstmConfiguration(0, 1, new Preprocessing.Identity()));

  private static final Objective SQUARE = new Parabola(2, 1);

  /// An objective that moves the same episode on, unroll by unroll.
  private static final class Unrolls implements Objective {
    private final TruncatedBptt<LstmMemory> estimator;
    private final int perEpisode;
    private Episode<LstmMemory> episode;

    Unrolls(TruncatedBptt<LstmMemory> estimator, int perEpisode) {
      this.estimator = estimator;
      this.perEpisode = perEpisode;
      this.episode = start();
    }

    private Episode<LstmMemory> start() {
      return new Episode<>(List.of(SQUARE), LINEAR.with(LINEAR.initialWeights(0)));
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
        episode = start();
      }
      Arrays.fill(gradient, 0);
      return estimator.estimate(parameters, episode, 1, draw, gradient);
    }
  }

  @Test
  void twoUnrollsOfFiveStepsReachTheValueOfTheAuthorsCode() {
    Unrolls unrolls = new Unrolls(new TruncatedBptt<>(LINEAR, 5), 2);
    Descent training = Descent.start(unrolls, new Adam(0.01));
    training.advance();
    assertThat(unrolls.episode.descent().loss()).isCloseTo(0.7325327, within(1e-6));
    assertThat(unrolls.episode.descent().parameters()[0]).isCloseTo(0.8559f, within(5e-5f));
  }

  @Test
  void unrollsOfTwentyStepsLearnNewtonsStepByEpoch55() {
    Unrolls unrolls = new Unrolls(new TruncatedBptt<>(LINEAR, 20), 5);
    Descent training = Descent.start(unrolls, new Adam(0.01));
    int epoch = -1; // counted from 0, as there
    double finalLoss = 1;
    while (finalLoss >= 1e-5 && epoch < 500) {
      epoch++;
      training.run(4); // to the last unroll of the epoch
      finalLoss = unrolls.episode.descent().loss();
      training.advance(); // starts the next epoch
    }
    assertThat(epoch).isLessThanOrEqualTo(55);
    training.run(5 * 500);
    assertThat(training.parameters()[0]).isCloseTo(-0.48f, within(0.02f));
  }
}
