package dev.glissade.hipparchus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.glissade.Descent;
import dev.glissade.FiniteDifferences;
import dev.glissade.Objective;
import dev.glissade.learned.Pretrained;
import dev.glissade.optimizer.Lbfgs;
import java.util.List;
import org.hipparchus.analysis.differentiation.DerivativeStructure;
import org.hipparchus.analysis.differentiation.GradientFunction;
import org.hipparchus.analysis.differentiation.MultivariateDifferentiableFunction;
import org.hipparchus.exception.MathIllegalArgumentException;
import org.hipparchus.linear.DiagonalMatrix;
import org.hipparchus.optim.InitialGuess;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunction;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunctionGradient;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresProblem;
import org.junit.jupiter.api.Test;

class FromHipparchusTest {

  /// Rosenbrock's function in the types that Hipparchus differentiates; its minimum is 0 at (1, 1).
  private static final class Valley implements MultivariateDifferentiableFunction {
    @Override
    public double value(double[] x) {
      double rise = x[1] - x[0] * x[0];
      return 100 * rise * rise + (1 - x[0]) * (1 - x[0]);
    }

    @Override
    public DerivativeStructure value(DerivativeStructure[] x) {
      DerivativeStructure rise = x[1].subtract(x[0].square());
      return rise.square().multiply(100).add(x[0].subtract(1).square());
    }
  }

  private static Objective valley(double... start) {
    Valley valley = new Valley();
    return FromHipparchus.objective(
        new ObjectiveFunction(valley),
        new ObjectiveFunctionGradient(new GradientFunction(valley)),
        new InitialGuess(start));
  }

  @Test
  void aPretrainedOptimizerEndsAtTheMinimumOfAFunctionThatHipparchusDifferentiates() {
    Descent descent = Descent.start(valley(-1.2, 1), Pretrained.SMOOTH.load().optimizer());
    assertThat(descent.run(200).last()).isLessThan(1e-10);
    assertThat(descent.parameters()).containsExactly(new float[] {1, 1}, within(1e-4f));
  }

  @Test
  void theGradientIsThatOfTheFunction() {
    FiniteDifferences.assertGradient(valley(0, 0), new float[] {-0.7f, 1.3f}, 0.1, 1e-5);
  }

  @Test
  void startAndGradientAreRoundedAndValuesAreNot() {
    Objective objective =
        FromHipparchus.objective(
            new ObjectiveFunction(x -> x[0] + 1e-12),
            new ObjectiveFunctionGradient(_ -> new double[] {0.1}),
            new InitialGuess(new double[] {0.3}));
    float[] gradient = new float[1];
    assertThat(objective.initialParameters()).containsExactly(0.3f);
    assertThat(objective.evaluate(new float[] {0.25f}, 0, gradient)).isEqualTo(0.25 + 1e-12);
    assertThat(gradient).containsExactly(0.1f);
  }

  @Test
  void aGradientOfAnotherLengthIsRefused() {
    Objective objective =
        FromHipparchus.objective(
            new ObjectiveFunction(TestFunctions::bowl),
            new ObjectiveFunctionGradient(_ -> new double[4]),
            new InitialGuess(new double[3]));
    assertThatThrownBy(() -> objective.evaluate(new float[3], 0, new float[3]))
        .isInstanceOf(MathIllegalArgumentException.class)
        .hasMessageContaining("4 != 3");
  }

  @Test
  void theGradientOfLeastSquaresIsRightAlsoWithWeights() {
    LeastSquaresProblem weighted =
        TestFunctions.decayFit()
            .weight(new DiagonalMatrix(new double[] {1, 2, 0.5, 3, 1, 4}))
            .build();
    for (LeastSquaresProblem problem : List.of(TestFunctions.decayFit().build(), weighted)) {
      FiniteDifferences.assertGradient(
          FromHipparchus.objective(problem), new float[] {1.4f, 0.3f}, 0.3, 1e-5);
    }
  }

  @Test
  void theLossOfLeastSquaresIsHalfTheChiSquare() {
    LeastSquaresProblem problem = TestFunctions.decayFit().build();
    Objective objective = FromHipparchus.objective(problem);
    double loss = objective.evaluate(new float[] {1, 0.5f}, 0, new float[2]);
    assertThat(objective.initialParameters()).containsExactly(1, 0.5f);
    assertThat(loss).isEqualTo(problem.evaluate(problem.getStart()).getChiSquare() / 2);
    assertThat(loss).isCloseTo(0.7347, within(1e-4));
  }

  /// Counters belong to optimizers: an objective that is trained on is evaluated any number of
  /// times.
  @Test
  void maximaOfAProblemAreNotLookedAt() {
    LeastSquaresProblem tight = TestFunctions.decayFit().maxEvaluations(1).maxIterations(1).build();
    double last = Descent.start(FromHipparchus.objective(tight), new Lbfgs(1)).run(50).last();
    assertThat(last).isFinite();
  }
}
