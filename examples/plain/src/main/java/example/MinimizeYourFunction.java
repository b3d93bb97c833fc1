package example;

import dev.glissade.Descent;
import dev.glissade.LearningCurve;
import dev.glissade.Objective;
import dev.glissade.learned.Pretrained;
import dev.glissade.optimizer.Adam;
import dev.glissade.optimizer.Lbfgs;
import dev.glissade.problem.Objectives;

/// Minimises a function with an optimizer that ships, and with two that everybody knows.
public final class MinimizeYourFunction {

  private MinimizeYourFunction() {}

  public static void main(String[] arguments) {
    Objective objective = Objectives.of(new float[] {-1, 1, -1, 1}, MinimizeYourFunction::evaluate);
    Descent descent = Descent.start(objective, Pretrained.SMOOTH.load().optimizer());
    LearningCurve learned = descent.run(100);
    LearningCurve adam = Descent.start(objective, new Adam(0.1)).run(100);
    LearningCurve lbfgs = Descent.start(objective, new Lbfgs(1)).run(100);
    System.out.println(" step     smooth       Adam     L-BFGS");
    for (int step : new int[] {0, 10, 20, 50, 100}) {
      System.out.printf(
          "%5d %10.3g %10.3g %10.3g%n",
          step, learned.loss(step), adam.loss(step), lbfgs.loss(step));
    }
    System.out.println("minimum at " + java.util.Arrays.toString(descent.parameters()));
  }

  /// The sum of 10·(xᵢ₊₁ − xᵢ²)² + (1 − xᵢ)²: a bent valley, with its minimum where all are 1.
  private static double evaluate(float[] x, float[] gradient) {
    java.util.Arrays.fill(gradient, 0);
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
