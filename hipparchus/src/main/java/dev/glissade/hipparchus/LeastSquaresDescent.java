package dev.glissade.hipparchus;

import dev.glissade.Descent;
import dev.glissade.Objective;
import dev.glissade.Optimizer;
import dev.glissade.ParameterLayout;
import java.util.Objects;
import org.hipparchus.exception.LocalizedCoreFormats;
import org.hipparchus.exception.MathIllegalArgumentException;
import org.hipparchus.exception.MathIllegalStateException;
import org.hipparchus.optim.ConvergenceChecker;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresOptimizer;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresProblem;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresProblem.Evaluation;
import org.hipparchus.util.Incrementor;
import org.jspecify.annotations.Nullable;

/// Any optimizer of ours, learned or hand-designed, on Hipparchus' least squares problems.
///
/// ```java
/// LeastSquaresOptimizer fit = new LeastSquaresDescent(learned.optimizer());
/// double[] parameters = fit.optimize(problem).getPoint().toArray();
/// ```
///
/// It minimises ½‖r‖² by its gradient, as [FromHipparchus] says, and counts, stops and ends as
/// [DescentOptimizer] does: an iteration is one evaluation of the problem and one step, and the
/// problem's maxima and its checker hold. It needs the checker, as it has no tolerances of its own.
///
/// Of the Jacobian it uses Jᵀr only. Where residuals are smooth and few, a
/// `LevenbergMarquardtOptimizer` makes more of it: `docs/hipparchus.md` has figures.
///
/// @param optimizer what makes the steps
public record LeastSquaresDescent(Optimizer<?> optimizer) implements LeastSquaresOptimizer {

  /// Runs on a problem.
  ///
  /// @return the point at which the problem's checker stopped
  /// @throws MathIllegalArgumentException if the problem has no checker
  /// @throws MathIllegalStateException if a maximum is passed, or a value or gradient is not finite
  @Override
  public Optimum optimize(LeastSquaresProblem problem) {
    ConvergenceChecker<Evaluation> checker = problem.getConvergenceChecker();
    if (checker == null) {
      throw new MathIllegalArgumentException(
          LocalizedCoreFormats.SIMPLE_MESSAGE,
          "the problem has no ConvergenceChecker, and nothing would end the run: give it one");
    }
    Counted counted = new Counted(problem);
    Incrementor iterations = problem.getIterationCounter();
    Walk walk = new Walk(Descent.start(counted, optimizer), iterations, 1);
    Evaluation end = walk.until(checker, counted::latest);
    return Optimum.of(end, counted.evaluations.getCount(), iterations.getCount());
  }

  /// The objective of one run: it counts evaluations, and keeps the latest for the checker.
  private static final class Counted implements Objective {
    private final LeastSquaresProblem problem;
    private final Incrementor evaluations;
    private @Nullable Evaluation latest;

    private Counted(LeastSquaresProblem problem) {
      this.problem = problem;
      evaluations = problem.getEvaluationCounter();
    }

    @Override
    public ParameterLayout layout() {
      return ParameterLayout.of("x", problem.getParameterSize());
    }

    @Override
    public float[] initialParameters() {
      return Border.narrowed(problem.getStart().toArray());
    }

    @Override
    public double evaluate(float[] parameters, long draw, float[] gradient) {
      evaluations.increment();
      Evaluation evaluation = problem.evaluate(FromHipparchus.vector(parameters));
      latest = evaluation;
      return FromHipparchus.halfSquares(evaluation, gradient);
    }

    private Evaluation latest() {
      return Objects.requireNonNull(latest, "nothing was evaluated yet");
    }
  }
}
