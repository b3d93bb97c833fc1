package dev.glissade.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.glissade.Descent;
import dev.glissade.LearningCurve;
import dev.glissade.Objective;
import dev.glissade.ParameterLayout;
import dev.glissade.optimizer.Sgd;
import dev.glissade.problem.Objectives;
import org.junit.jupiter.api.Test;

/// What runs are scored by.
class RunsTest {

  private static final int STEPS = 20;

  /// The curve of a loss that changes once, for the last tenth of the steps and the one before
  /// them.
  private static LearningCurve curve(double before, double after) {
    Objective jump =
        Objectives.of(
            ParameterLayout.of("x", 1),
            new float[1],
            (_, draw, _) -> draw < STEPS - 2 ? before : after);
    return Descent.start(jump, new Sgd(1)).run(STEPS);
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
