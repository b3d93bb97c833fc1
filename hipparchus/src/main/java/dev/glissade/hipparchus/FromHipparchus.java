package dev.glissade.hipparchus;

import dev.glissade.Objective;
import dev.glissade.problem.Objectives;
import org.hipparchus.analysis.MultivariateFunction;
import org.hipparchus.analysis.MultivariateVectorFunction;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.RealVector;
import org.hipparchus.optim.InitialGuess;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunction;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunctionGradient;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresProblem;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresProblem.Evaluation;

/// Objectives out of Hipparchus functions: what an optimizer is learned for, and run on.
///
/// ```java
/// Problem fits =
///     RandomProblem.of(
///         "my-fits",
///         random -> FromHipparchus.objective(new ObjectiveFunction(…), new ObjectiveFunctionGradient(…), …));
/// TrainedOptimizer learned = MetaTraining.of(fits).run();
/// ```
///
/// Functions must be pure and safe to be called from several threads, as those of an [Objective]
/// are. A gradient need not be written by hand: Hipparchus' `GradientFunction` differentiates a
/// function of its differentiation types.
public final class FromHipparchus {

  private FromHipparchus() {}

  /// The objective that minimises a function, from the start rounded to `float`.
  ///
  /// Values are as the function computes them, at points that are `float`; its gradient is rounded.
  /// To maximise, give a function and a gradient with their signs changed.
  public static Objective objective(
      ObjectiveFunction function, ObjectiveFunctionGradient gradient, InitialGuess start) {
    MultivariateFunction values = function.getObjectiveFunction();
    MultivariateVectorFunction slopes = gradient.getObjectiveFunctionGradient();
    return Objectives.of(
        Border.narrowed(start.getInitialGuess()),
        (x, written) -> {
          double[] point = Border.widened(x);
          double value = values.value(point);
          Border.write(slopes.value(point), 1, written);
          return value;
        });
  }

  /// The objective that minimises half the sum of the squared residuals of a problem, weighted as
  /// the problem weights them, from its start rounded to `float`.
  ///
  /// ```
  /// f = ½‖r‖²,   r = target − model(θ),   ∇f = −Jᵀr,   J = ∂model/∂θ
  /// ```
  ///
  /// An evaluation is one of the problem; its counters, checker and maxima are not looked at.
  /// Hipparchus calls 2f the chi-square, and its square root the cost.
  public static Objective objective(LeastSquaresProblem problem) {
    return Objectives.of(
        Border.narrowed(problem.getStart().toArray()),
        (x, gradient) -> halfSquares(problem.evaluate(vector(x)), gradient));
  }

  /// A point as Hipparchus' least squares want it.
  static RealVector vector(float[] parameters) {
    return new ArrayRealVector(Border.widened(parameters), false);
  }

  /// Writes −Jᵀr.
  ///
  /// @return ½‖r‖²
  static double halfSquares(Evaluation evaluation, float[] gradient) {
    RealVector residuals = evaluation.getResiduals();
    Border.write(evaluation.getJacobian().preMultiply(residuals).toArray(), -1, gradient);
    return residuals.dotProduct(residuals) / 2;
  }
}
