package dev.glissade.hipparchus;

import dev.glissade.Descent;
import dev.glissade.Optimizer;
import dev.glissade.problem.Objectives;
import org.hipparchus.exception.LocalizedCoreFormats;
import org.hipparchus.exception.MathIllegalArgumentException;
import org.hipparchus.exception.MathIllegalStateException;
import org.hipparchus.optim.ConvergenceChecker;
import org.hipparchus.optim.InitialGuess;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.MaxIter;
import org.hipparchus.optim.OptimizationData;
import org.hipparchus.optim.PointValuePair;
import org.hipparchus.optim.SimpleBounds;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.nonlinear.scalar.GradientMultivariateOptimizer;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunction;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunctionGradient;

/// Any optimizer of ours, learned or hand-designed, as a Hipparchus optimizer.
///
/// ```java
/// PointValuePair end =
///     new DescentOptimizer(Pretrained.SMOOTH.load().optimizer(), new SimpleValueChecker(1e-9, 1e-12))
///         .optimize(
///             new MaxEval(200),
///             GoalType.MINIMIZE,
///             new InitialGuess(start),
///             new ObjectiveFunction(function),
///             new ObjectiveFunctionGradient(gradient));
/// ```
///
/// **Data.** All five of the example are needed; a [MaxIter] is not. To maximise is to minimise
/// with the signs of value and gradient changed. [SimpleBounds] and all other data are refused by
/// name, because nothing would obey them.
///
/// **Counting.** An iteration is one evaluation of value and gradient, which counts as one, then a
/// question to the checker, then a step. So after T steps iterations and evaluations are T + 1, and
/// a checker that stops at iteration T + 1 gives T steps. The checker is asked from the second
/// iteration on. If a maximum is passed first, that is an exception, as with every Hipparchus
/// optimizer: who wants a fixed number of steps has the checker stop.
///
/// **Result.** It is the point at which the checker stopped, as that of Hipparchus' own
/// `NonLinearConjugateGradientOptimizer` is. Optimizers here make no line search, and a loss may
/// rise in between; the checker sees every point, and can keep the best.
///
/// **Precision.** Points are `float`, the start is rounded to them, and values are `double`: see
/// the package. A state starts afresh with every call, and one instance serves one thread.
public final class DescentOptimizer extends GradientMultivariateOptimizer {

  private final Optimizer<?> optimizer;
  private boolean hasFunction;
  private boolean hasGradient;

  /// An optimizer that runs until a checker stops it.
  ///
  /// @param optimizer what makes the steps
  /// @param checker says when to stop
  public DescentOptimizer(Optimizer<?> optimizer, ConvergenceChecker<PointValuePair> checker) {
    super(checker);
    this.optimizer = optimizer;
  }

  /// Runs on a function.
  ///
  /// @param data a [MaxEval], a [GoalType], an [InitialGuess], an [ObjectiveFunction] and an
  ///   [ObjectiveFunctionGradient], unless they are those of the last call; and a [MaxIter], if
  ///   wanted
  /// @return the point at which the checker stopped, with its value
  /// @throws MathIllegalArgumentException if something is missing, or cannot be obeyed
  /// @throws MathIllegalStateException if a maximum is passed, or a value or gradient is not finite
  @Override
  public PointValuePair optimize(OptimizationData... data) {
    return super.optimize(data);
  }

  @Override
  protected void parseOptimizationData(OptimizationData... data) {
    for (OptimizationData each : data) {
      requireObeyed(each);
    }
    super.parseOptimizationData(data);
    for (OptimizationData each : data) {
      hasFunction |= each instanceof ObjectiveFunction;
      hasGradient |= each instanceof ObjectiveFunctionGradient;
    }
  }

  private static void requireObeyed(OptimizationData data) {
    switch (data) {
      case MaxEval _, MaxIter _, InitialGuess _, GoalType _ -> {}
      case ObjectiveFunction _, ObjectiveFunctionGradient _ -> {}
      case SimpleBounds _ ->
          throw refused(
              "SimpleBounds cannot be obeyed: optimise the logarithm or logit of a parameter that"
                  + " has bounds, and its gradient");
      default -> throw refused(data.getClass().getSimpleName() + " cannot be obeyed: leave it out");
    }
  }

  private void requireComplete() {
    require(getStartPoint() != null, "an InitialGuess");
    require(getGoalType() != null, "a GoalType");
    require(hasFunction, "an ObjectiveFunction");
    require(hasGradient, "an ObjectiveFunctionGradient");
  }

  private static void require(boolean given, String data) {
    if (!given) {
      throw refused(data + " is missing: pass one to optimize");
    }
  }

  private static MathIllegalArgumentException refused(String message) {
    return new MathIllegalArgumentException(LocalizedCoreFormats.SIMPLE_MESSAGE, message);
  }

  @Override
  protected PointValuePair doOptimize() {
    requireComplete();
    double sign = getGoalType() == GoalType.MAXIMIZE ? -1 : 1;
    Descent descent =
        Descent.start(
            Objectives.of(
                Border.narrowed(getStartPoint()), (x, gradient) -> evaluate(x, sign, gradient)),
            optimizer);
    return new Walk(descent, iterations, sign)
        .until(
            getConvergenceChecker(),
            () -> new PointValuePair(Border.widened(descent.parameters()), sign * descent.loss()));
  }

  private double evaluate(float[] parameters, double sign, float[] gradient) {
    double[] point = Border.widened(parameters);
    double value = computeObjectiveValue(point);
    Border.write(computeObjectiveGradient(point), sign, gradient);
    return sign * value;
  }
}
