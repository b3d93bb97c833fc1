package example;

import dev.glissade.Descent;
import dev.glissade.LearningCurve;
import dev.glissade.Objective;
import dev.glissade.learned.Pretrained;
import dev.glissade.optimizer.Adam;
import dev.glissade.optimizer.Lbfgs;
import dev.glissade.problem.Objectives;
import java.util.Arrays;
import java.util.Locale;

/// Minimises one function with an optimizer that ships, and with L-BFGS and Adam at the best of a
/// few learning rates.
public final class MinimizeYourFunction {

  private static final int STEPS = 50;

  private MinimizeYourFunction() {}

  public static void main(String[] arguments) {
    float[] start = {-1, 1, -1, 1};
    Objective objective = Objectives.of(start, MinimizeYourFunction::bentValley);

    Descent descent = Descent.start(objective, Pretrained.GENERAL.load().optimizer());
    LearningCurve general = descent.run(STEPS);
    LearningCurve lbfgs = Descent.start(objective, new Lbfgs(0.7)).run(STEPS);
    LearningCurve adam = Descent.start(objective, new Adam(0.3)).run(STEPS);

    System.out.println("step  general   L-BFGS     Adam");
    for (int step = 0; step <= STEPS; step += 10) {
      System.out.printf(
          Locale.ROOT,
          "%4d %8.4f %8.4f %8.4f%n",
          step,
          general.loss(step),
          lbfgs.loss(step),
          adam.loss(step));
    }
    System.out.println("general ends at " + Arrays.toString(descent.parameters()));
  }

  /// The sum of 10·(xᵢ₊₁ − xᵢ²)² + (1 − xᵢ)², which is least where all x are 1. Returns it at x,
  /// and writes its gradient.
  private static double bentValley(float[] x, float[] gradient) {
    Arrays.fill(gradient, 0);
    double loss = 0;
    for (int i = 0; i + 1 < x.length; i++) {
      double bend = x[i + 1] - x[i] * x[i];
      double rest = 1 - x[i];
      loss += 10 * bend * bend + rest * rest;
      gradient[i] += (float) (-40 * bend * x[i] - 2 * rest);
      gradient[i + 1] += (float) (20 * bend);
    }
    return loss;
  }
}
