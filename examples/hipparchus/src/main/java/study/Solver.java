package study;

import dev.glissade.Optimizer;
import dev.glissade.hipparchus.LeastSquaresDescent;
import example.Curve;
import java.util.List;
import org.hipparchus.exception.MathIllegalStateException;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.RealVector;
import org.hipparchus.optim.ConvergenceChecker;
import org.hipparchus.optim.InitialGuess;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.SimpleValueChecker;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunction;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunctionGradient;
import org.hipparchus.optim.nonlinear.scalar.gradient.NonLinearConjugateGradientOptimizer;
import org.hipparchus.optim.nonlinear.scalar.gradient.NonLinearConjugateGradientOptimizer.Formula;
import org.hipparchus.optim.nonlinear.vector.leastsquares.EvaluationRmsChecker;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresOptimizer;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresProblem;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresProblem.Evaluation;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LevenbergMarquardtOptimizer;
import org.hipparchus.optim.nonlinear.vector.leastsquares.MultivariateJacobianFunction;

/// A way to fit a curve.
///
/// @param name for people
/// @param method the way itself
record Solver(String name, Method method) {

  private static final double TOLERANCE = 1e-8;

  /// Fits a curve.
  interface Method {

    /// Runs to its end, or to an exception if it is not there after so many evaluations.
    ///
    /// @param function the curve, or what watches it
    void fit(MultivariateJacobianFunction function, double[] start, int most);
  }

  /// Hipparchus' Levenberg–Marquardt. With its own tolerances, 1e-10, it may not end.
  static Solver levenbergMarquardt() {
    return new Solver("Levenberg-Marquardt", Solver::levenbergMarquardt);
  }

  /// The same from three starts, which share the evaluations.
  static Solver threeStarts() {
    return new Solver(
        "Levenberg-Marquardt, 3 starts",
        (function, start, most) -> {
          for (double middle : List.of(0.0, -1.0, 1.0)) {
            double[] moved = start.clone();
            moved[2] = middle;
            try {
              levenbergMarquardt(function, moved, most / 3);
            } catch (MathIllegalStateException e) {
              // its evaluations are made: the next start
            }
          }
        });
  }

  /// Hipparchus' conjugate gradients, whose line searches are only as exact as pays.
  static Solver conjugateGradients() {
    return new Solver(
        "conjugate gradients",
        (function, start, most) -> {
          LeastSquaresProblem fit = Curve.fit(function, start, null, most);
          new NonLinearConjugateGradientOptimizer(
                  Formula.POLAK_RIBIERE, new SimpleValueChecker(1e-10, 1e-10), 1e-3, 1e-3, 1e-3)
              .optimize(
                  new MaxEval(most),
                  GoalType.MINIMIZE,
                  new InitialGuess(start),
                  new ObjectiveFunction(x -> fit.evaluate(vector(x)).getChiSquare() / 2),
                  new ObjectiveFunctionGradient(x -> gradient(fit.evaluate(vector(x)))));
        });
  }

  /// An optimizer of ours, for all evaluations that it may make.
  static Solver of(String name, Optimizer<?> optimizer) {
    return new Solver(
        name,
        (function, start, most) ->
            descend(optimizer, function, start, most, (iteration, _, _) -> iteration >= most));
  }

  /// The same, but it stops where the loss stays within rounding. That is for rules that get there.
  static Solver settling(String name, Optimizer<?> optimizer) {
    EvaluationRmsChecker still = new EvaluationRmsChecker(1e-9, 1e-12);
    return new Solver(
        name,
        (function, start, most) ->
            descend(
                optimizer,
                function,
                start,
                most,
                (iteration, previous, current) ->
                    iteration >= most || still.converged(iteration, previous, current)));
  }

  /// Some steps of an optimizer of ours, then Levenberg–Marquardt.
  static Solver polished(String name, Optimizer<?> optimizer, int evaluations) {
    return new Solver(
        name,
        (function, start, most) -> {
          double[] point =
              descend(
                  optimizer,
                  function,
                  start,
                  most,
                  (iteration, _, _) -> iteration >= Math.min(evaluations, most));
          if (most > evaluations) {
            levenbergMarquardt(function, point, most - evaluations);
          }
        });
  }

  private static double[] descend(
      Optimizer<?> optimizer,
      MultivariateJacobianFunction function,
      double[] start,
      int most,
      ConvergenceChecker<Evaluation> checker) {
    LeastSquaresOptimizer descent = new LeastSquaresDescent(optimizer);
    return descent.optimize(Curve.fit(function, start, checker, most)).getPoint().toArray();
  }

  private static void levenbergMarquardt(
      MultivariateJacobianFunction function, double[] start, int most) {
    new LevenbergMarquardtOptimizer()
        .withCostRelativeTolerance(TOLERANCE)
        .withParameterRelativeTolerance(TOLERANCE)
        .optimize(Curve.fit(function, start, null, most));
  }

  private static RealVector vector(double[] point) {
    return new ArrayRealVector(point, false);
  }

  private static double[] gradient(Evaluation evaluation) {
    return evaluation
        .getJacobian()
        .preMultiply(evaluation.getResiduals().mapMultiply(-1))
        .toArray();
  }
}
