package dev.glissade.hipparchus;

import dev.glissade.Objective;
import org.hipparchus.optim.InitialGuess;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunction;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunctionGradient;

/// Objectives as Hipparchus functions, for Hipparchus' own optimizers.
///
/// The functions are those of the objective's draw 0, so that a stochastic objective keeps one
/// minibatch. They round points to `float`: differences of less than 6·10⁻⁸ of a coordinate are not
/// seen, and a line search that asks for more, such as that of a
/// `NonLinearConjugateGradientOptimizer` by default, needs tolerances of about 10⁻⁶. Each evaluates
/// loss and gradient and gives one of them.
public final class ToHipparchus {

  private static final long DRAW = 0;

  private ToHipparchus() {}

  /// The losses of an objective, to be minimised.
  public static ObjectiveFunction function(Objective objective) {
    return new ObjectiveFunction(point -> {
      float[] parameters = Border.narrowed(point);
      return objective.evaluate(parameters, DRAW, new float[parameters.length]);
    });
  }

  /// The gradients of an objective.
  public static ObjectiveFunctionGradient gradient(Objective objective) {
    return new ObjectiveFunctionGradient(point -> {
      float[] parameters = Border.narrowed(point);
      float[] gradient = new float[parameters.length];
      objective.evaluate(parameters, DRAW, gradient);
      return Border.widened(gradient);
    });
  }

  /// The start of an objective.
  public static InitialGuess start(Objective objective) {
    return new InitialGuess(Border.widened(objective.initialParameters()));
  }
}
