package dev.glissade.hipparchus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.glissade.Objective;
import dev.glissade.ParameterLayout;
import dev.glissade.problem.Objectives;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.PointValuePair;
import org.hipparchus.optim.SimpleValueChecker;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.nonlinear.scalar.gradient.NonLinearConjugateGradientOptimizer;
import org.hipparchus.optim.nonlinear.scalar.gradient.NonLinearConjugateGradientOptimizer.Formula;
import org.junit.jupiter.api.Test;

class ToHipparchusTest {

  /// x² + 4(y − 3)² + draw.
  private static final Objective BOWL =
      Objectives.of(
          ParameterLayout.of("x", 2),
          new float[] {2, 0.1f},
          (x, draw, gradient) -> {
            gradient[0] = 2 * x[0];
            gradient[1] = 8 * (x[1] - 3);
            return (double) x[0] * x[0] + 4 * (x[1] - 3.0) * (x[1] - 3.0) + draw;
          });

  @Test
  void lossGradientAndStartAreThoseOfTheObjective() {
    double[] point = {1.5, 2};
    assertThat(ToHipparchus.function(BOWL).getObjectiveFunction().value(point)).isEqualTo(6.25);
    assertThat(ToHipparchus.gradient(BOWL).getObjectiveFunctionGradient().value(point))
        .containsExactly(3, -8);
    assertThat(ToHipparchus.start(BOWL).getInitialGuess()).containsExactly(2, 0.1f);
  }

  @Test
  void anOptimizerOfHipparchusMinimizesAnObjective() {
    PointValuePair end =
        new NonLinearConjugateGradientOptimizer(
                Formula.POLAK_RIBIERE, new SimpleValueChecker(1e-9, 1e-9), 1e-6, 1e-6, 1)
            .optimize(
                new MaxEval(1000),
                GoalType.MINIMIZE,
                ToHipparchus.start(BOWL),
                ToHipparchus.function(BOWL),
                ToHipparchus.gradient(BOWL));
    assertThat(end.getPoint()).containsExactly(new double[] {0, 3}, within(1e-3));
  }

  @Test
  void thereAndBackIsTheSameObjective() {
    Objective back =
        FromHipparchus.objective(
            ToHipparchus.function(BOWL), ToHipparchus.gradient(BOWL), ToHipparchus.start(BOWL));
    float[] point = {0.3f, -0.7f};
    float[] expected = new float[2];
    float[] gradient = new float[2];
    assertThat(back.evaluate(point, 0, gradient)).isEqualTo(BOWL.evaluate(point, 0, expected));
    assertThat(gradient).isEqualTo(expected);
    assertThat(back.initialParameters()).isEqualTo(BOWL.initialParameters());
  }
}
