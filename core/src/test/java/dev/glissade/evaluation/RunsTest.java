package dev.glissade.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.glissade.Descent;
import dev.glissade.LearningCurve;
import dev.glissade.Objective;
import dev.glissade.ParameterLayout;
import dev.glissade.TestProblems;
import dev.glissade.optimizer.Sgd;
import dev.glissade.problem.Objectives;
import java.util.List;
import java.util.OptionalDouble;
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

  /// ½·10³⁰·x²: one step at this rate and the gradient is too large for a float, the loss not for a
  /// double.
  private static LearningCurve overflowing() {
    return Descent.start(TestProblems.parabola(1e30, 1), new Sgd(1e5)).run(STEPS);
  }

  private static Runs runs(LearningCurve... curves) {
    return new Runs(List.of(curves), OptionalDouble.empty());
  }

  @Test
  void theLastTenthHasAGeometricMean() {
    Runs runs = runs(curve(7, 1e-3), curve(7, 1e3));
    assertThat(runs.geometricScore(Span.END)).isCloseTo(1, within(1e-12));
    assertThat(runs.score()).isCloseTo(500.0005, within(1e-9));
  }

  /// The last two of 20 steps, not the three that are alike.
  @Test
  void theLastTenthHasAMeanForEachRun() {
    LearningCurve falling = Descent.start(TestProblems.parabola(1, 1), new Sgd(0.1)).run(STEPS);
    Runs runs = runs(curve(7, 3), falling);
    double mean = (falling.loss(STEPS - 1) + falling.loss(STEPS)) / 2;
    assertThat(runs.lateLosses()).containsExactly(3, mean);
    assertThat(runs.lateScore()).isCloseTo((3 + mean) / 2, within(1e-12));
    assertThat(runs(falling, overflowing()).lateScore()).isInfinite().isPositive();
  }

  @Test
  void theLastTenthOfAShortRunIsItsLastStep() {
    LearningCurve shorter = Descent.start(TestProblems.parabola(1, 1), new Sgd(0.1)).run(5);
    assertThat(runs(shorter).lateLosses()).containsExactly(shorter.last());
  }

  /// Two runs that end alike are told apart by the way there, which the start is no part of.
  @Test
  void wholeRunsAreScoredFromTheFirstStepOn() {
    LearningCurve slow = Descent.start(TestProblems.parabola(1, 1), new Sgd(0.1)).run(STEPS);
    LearningCurve fast = Descent.start(TestProblems.parabola(1, 1), new Sgd(0.3)).run(STEPS);
    double sum = 0;
    double logarithms = 0;
    for (int t = 1; t <= STEPS; t++) {
      sum += slow.loss(t) + fast.loss(t);
      logarithms += Math.log(slow.loss(t)) + Math.log(fast.loss(t));
    }
    Runs runs = runs(slow, fast);
    assertThat(runs.score(Span.RUN)).isCloseTo(sum / (2 * STEPS), within(1e-12));
    assertThat(runs.geometricScore(Span.RUN))
        .isCloseTo(Math.exp(logarithms / (2 * STEPS)), within(1e-12));
    assertThat(runs.score(Span.END)).isEqualTo(runs.score()).isLessThan(runs.score(Span.RUN));
    assertThat(runs(curve(7, Double.NaN)).score(Span.RUN)).isInfinite().isPositive();
  }

  @Test
  void whatDivergedScoresInfinity() {
    Runs runs = runs(curve(7, 1), curve(7, Double.NaN));
    assertThat(runs.geometricScore(Span.END)).isInfinite().isPositive();
    assertThat(runs.score()).isInfinite().isPositive();
    assertThat(runs.nonFiniteCount()).isEqualTo(3); // the last three of 21
  }

  @Test
  void aRunWhoseGradientOverflowsIsStuckAlthoughItsLossIsFinite() {
    Runs runs = runs(curve(7, 1), overflowing());
    assertThat(runs.finalLosses()[1]).isFinite();
    assertThat(runs.stuck()).isEqualTo(1);
    assertThat(runs.diverged()).isEqualTo(1);
    assertThat(runs.nonFiniteCount()).isEqualTo(STEPS); // all but the start
    assertThat(runs.score()).isInfinite().isPositive();
    assertThat(runs.geometricScore(Span.END)).isInfinite().isPositive();
  }

  @Test
  void aRunThatEndsAboveItsStartDivergedAndStillHasALoss() {
    Runs runs = runs(curve(7, 8), curve(7, 7), curve(7, 6));
    assertThat(runs.diverged()).isEqualTo(1);
    assertThat(runs.stuck()).isZero();
    assertThat(runs.score()).isCloseTo(7, within(1e-12));
  }

  @Test
  void zeroIsNoInfinitelyGoodLoss() {
    assertThat(runs(curve(1, 0)).geometricScore(Span.END)).isCloseTo(1e-12, within(1e-20));
  }

  @Test
  void runsAreOfOneLengthAndAtLeastOne() {
    LearningCurve shorter = Descent.start(TestProblems.parabola(1, 1), new Sgd(1)).run(STEPS - 1);
    assertThatThrownBy(() -> runs(curve(1, 0), shorter))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got lengths [20, 19]");
    assertThatThrownBy(RunsTest::runs).hasMessageContaining("at least one");
  }
}
