package dev.glissade.evaluation;

import dev.glissade.Descent;
import dev.glissade.LearningCurve;
import dev.glissade.Objective;
import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.Problem;
import dev.glissade.Seeds;
import dev.glissade.Workers;

/// Runs optimizers on instances of a problem. Instance i is the same function, with the same θ₀ and
/// the same minibatches, for every optimizer: runs are paired.
///
/// @param problem where the instances come from
/// @param split of the problem
/// @param instances how many, ≥ 1
/// @param steps of each run, ≥ 1
/// @param seed which instances
public record Evaluation(
    Problem problem, Problem.Split split, int instances, int steps, long seed) {

  public Evaluation {
    if (instances < 1) {
      throw new IllegalArgumentException("instances must be >= 1, got " + instances);
    }
    if (steps < 1) {
      throw new IllegalArgumentException("steps must be >= 1, got " + steps);
    }
  }

  /// The same instances for another number of steps.
  public Evaluation withSteps(int other) {
    return new Evaluation(problem, split, instances, other, seed);
  }

  /// Runs one optimizer on all instances.
  public Runs run(Optimizer<?> optimizer) {
    LearningCurve[] curves = new LearningCurve[instances];
    double[] microsPerStep = new double[instances];
    Workers.run(
        instances,
        i -> {
          long instanceSeed = Seeds.derive(seed, "instance", i);
          Objective objective = problem.sample(split, instanceSeed);
          long begin = System.nanoTime();
          curves[i] = solve(objective, optimizer);
          microsPerStep[i] = (System.nanoTime() - begin) / 1e3 / steps;
        });
    return new Runs(curves, Statistics.median(microsPerStep));
  }

  private <S extends OptimizerState> LearningCurve solve(
      Objective objective, Optimizer<S> optimizer) {
    return Descent.start(objective, optimizer).run(steps);
  }
}
