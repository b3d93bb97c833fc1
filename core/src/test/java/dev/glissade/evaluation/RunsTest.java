package dev.glissade.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.glissade.Descent;
import dev.glissade.LearningCurve;
import dev.glissade.Objective;
import dev.glissade.ParameterLayout;
import dev.glissade.optimizer.Sgd;
import org.junit.jupiter.api.Test;

/// What runs are scored by.
class RunsTest {

  private static final int STEPS = 20;

  /// A loss that changes once, for the last tenth of the steps and the one before them.
  private record Jump(double before, double after) implements Objective {
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
      return draw < STEPS - 2 ? before : after;
    }
  }

  private static LearningCurve curve(double before, double after) {
    return Descent.start(new Jump(before, after), new Sgd(1)).run(STEPS);
  }

  @Test
  void theLastTenthHasAGeometricMean() {
    Runs runs = new Runs(new LearningCurve[] {curve(7, 1e-3), curve(7, 1e3)}, 1);
    assertThat(runs.geometricScore()).isCloseTo(1, within(1e-12));
    assertThat(runs.score()).isCloseTo(500.0005, within(1e-9));
  }

  @Test
  void whatDivergedScoresInfinity() {
    Runs runs = new Runs(new LearningCurve[] {curve(7, 1), curve(7, Double.NaN)}, 1);
    assertThat(runs.geometricScore()).isInfinite().isPositive();
    assertThat(runs.score()).isInfinite().isPositive();
  }

  @Test
  void zeroIsNoInfinitelyGoodLoss() {
    assertThat(new Runs(new LearningCurve[] {curve(1, 0)}, 1).geometricScore())
        .isCloseTo(1e-12, within(1e-20));
  }
}
