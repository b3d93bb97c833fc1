package dev.glissade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.glissade.optimizer.Adam;
import dev.glissade.optimizer.Momentum;
import dev.glissade.optimizer.Sgd;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DescentTest {

  /// f(x) = x², shaken by the draw; remembers the draws that it was asked for. At the draws in
  /// `holes` the loss or the gradient is not finite.
  private record Shaken(List<Long> draws, List<Long> holes, double holeLoss, float holeGradient)
      implements Objective {

    Shaken() {
      this(new ArrayList<>(), List.of(), 0, 0);
    }

    @Override
    public ParameterLayout layout() {
      return ParameterLayout.of("x", 1);
    }

    @Override
    public float[] initialParameters() {
      return new float[] {1};
    }

    @Override
    public double evaluate(float[] parameters, long draw, float[] gradient) {
      draws.add(draw);
      if (holes.contains(draw)) {
        gradient[0] = holeGradient;
        return holeLoss;
      }
      float x = parameters[0] - 0.01f * (draw % 3);
      gradient[0] = 2 * x;
      return x * x;
    }
  }

  @Test
  void stepsCostOneEvaluationEachAndOneMoreIfTheLossIsWanted() {
    Shaken objective = new Shaken();
    Descent descent = Descent.start(objective, new Sgd(0.1));
    assertThat(objective.draws).isEmpty();
    descent.advance();
    descent.advance();
    assertThat(objective.draws).containsExactly(0L, 1L);
    assertThat(descent.loss()).isEqualTo(descent.loss()).isFinite();
    assertThat(descent.gradient()).isSameAs(descent.gradient());
    assertThat(descent.isFinite()).isTrue();
    assertThat(objective.draws).containsExactly(0L, 1L, 2L);
    descent.advance();
    assertThat(objective.draws).containsExactly(0L, 1L, 2L);
  }

  @Test
  void curvesCostOneEvaluationALoss() {
    Shaken objective = new Shaken();
    Descent descent = Descent.start(objective, new Sgd(0.1));
    descent.run(4);
    assertThat(objective.draws).containsExactly(0L, 1L, 2L, 3L, 4L);
    descent.run(1);
    assertThat(objective.draws).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
    assertThat(descent.draws()).isEqualTo(5);
  }

  @Test
  void runsHaveNoNegativeLength() {
    Shaken objective = new Shaken();
    Descent descent = Descent.start(objective, new Sgd(0.1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> descent.run(-1))
        .withMessage("steps must be >= 0, got -1");
    assertThat(objective.draws).isEmpty();
  }

  @Test
  void curvesGoFromThePresentLossToTheLast() {
    Descent descent = Descent.start(new Shaken(), new Sgd(0.1));
    LearningCurve first = descent.run(3);
    LearningCurve second = descent.run(2);
    LearningCurve none = descent.run(0);
    assertThat(first.steps()).isEqualTo(3);
    assertThat(first.loss(0)).isEqualTo(1);
    assertThat(second.steps()).isEqualTo(2);
    assertThat(second.loss(0)).isEqualTo(first.loss(3)).isEqualTo(first.last());
    assertThat(none.steps()).isZero();
    assertThat(none.last()).isEqualTo(second.last()).isEqualTo(descent.loss());
    assertThat(none.diverged()).isFalse();
  }

  @Test
  void lossAndGradientBelongToTheParameters() {
    Shaken objective = new Shaken();
    Descent descent = Descent.start(objective, new Sgd(0.1));
    descent.run(7);
    float[] gradient = new float[1];
    assertThat(objective.evaluate(descent.parameters(), 7, gradient)).isEqualTo(descent.loss());
    assertThat(descent.gradient()).isEqualTo(gradient);
  }

  @Test
  void updatesAreAdded() {
    Descent descent = Descent.start(new Shaken(), new Sgd(0.25));
    descent.advance();
    assertThat(descent.parameters()).containsExactly(0.5f);
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void pointsWithoutAFiniteGradientAreCountedAndNotSteppedFrom(float hole) {
    assertHoleIsSkipped(new Shaken(new ArrayList<>(), List.of(2L), 1, hole));
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void pointsWithoutAFiniteLossAreCountedAndNotSteppedFrom(double hole) {
    assertHoleIsSkipped(new Shaken(new ArrayList<>(), List.of(2L), hole, 1));
  }

  private static void assertHoleIsSkipped(Objective objective) {
    Descent descent = Descent.start(objective, new Adam(0.1));
    assertThat(descent.run(2).stuck()).isTrue();
    assertThat(descent.nonFiniteCount()).isEqualTo(1);
    float[] stuck = descent.parameters().clone();
    float[] mean = mean(descent).clone();

    LearningCurve curve = descent.run(1); // from the hole: draws anew, moves nothing
    assertThat(descent.parameters()).isEqualTo(stuck);
    assertThat(mean(descent)).isEqualTo(mean);
    assertThat(descent.step()).isEqualTo(2);
    assertThat(descent.draws()).isEqualTo(3);
    assertThat(curve.stuck()).isFalse();

    descent.advance();
    assertThat(descent.parameters()).isNotEqualTo(stuck);
    assertThat(descent.step()).isEqualTo(3);
    assertThat(descent.draws()).isEqualTo(4);
    assertThat(descent.nonFiniteCount()).isEqualTo(1);
  }

  private static float[] mean(Descent descent) {
    return ((Adam.State) descent.state()).mean();
  }

  @Test
  void divergedRunsStayWhereTheyAreAndShow() {
    Objective exploding = new Shaken();
    Descent descent = Descent.start(exploding, new Sgd(1e30));
    LearningCurve curve = descent.run(10);
    assertThat(curve.stuck()).isTrue();
    assertThat(curve.diverged()).isTrue();
    assertThat(curve.steps()).isEqualTo(10);
    assertThat(descent.nonFiniteCount()).isPositive().isLessThanOrEqualTo(10);
  }

  @Test
  void runsThatEndHigherThanTheyBeganDivergeToo() {
    LearningCurve curve = Descent.start(new Shaken(), new Sgd(1.5)).run(3);
    assertThat(curve.last()).isGreaterThan(curve.loss(0)).isFinite();
    assertThat(curve.stuck()).isFalse();
    assertThat(curve.diverged()).isTrue();
  }

  @Test
  void resumedRunsAreBitEqual() {
    Momentum momentum = new Momentum(0.05);
    Descent whole = Descent.start(new Shaken(), momentum);
    whole.run(5);
    Momentum.State state = momentum.start(ParameterLayout.of("x", 1));
    state.copyFrom(whole.state());
    float[] parameters = whole.parameters().clone();
    Descent resumed =
        Descent.resume(new Shaken(), momentum, parameters, state, whole.draws(), whole.step());
    assertThat(resumed.loss()).isEqualTo(whole.loss());
    LearningCurve expected = whole.run(9);
    LearningCurve actual = resumed.run(9);
    for (int t = 0; t <= 9; t++) {
      assertThat(actual.loss(t)).isEqualTo(expected.loss(t));
    }
    assertThat(resumed.parameters()).isEqualTo(whole.parameters());
    assertThat(resumed.draws()).isEqualTo(14);
    assertThat(resumed.step()).isEqualTo(14);
  }

  @Test
  void anotherMemberOfTheFamilyMayTakeAStep() {
    Descent descent = Descent.start(new Shaken(), new Sgd(0.25));
    descent.advance(new Sgd(0.5));
    assertThat(descent.parameters()).containsExactly(0f);
  }

  @Test
  void parametersMustFitTheObjective() {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            Descent.resume(
                new Shaken(), new Sgd(1), new float[2], new OptimizerState.Empty(), 0, 0))
        .withMessage("the objective has 1 parameters, got 2");
  }
}
