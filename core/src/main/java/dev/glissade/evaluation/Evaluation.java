package dev.glissade.evaluation;

import dev.glissade.Descent;
import dev.glissade.LearningCurve;
import dev.glissade.Objective;
import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.Problem;
import dev.glissade.Seeds;
import dev.glissade.internal.Workers;

/// Runs optimizers on instances of a problem. Instance i is the same function, with the same θ₀ and
/// the same minibatches, for every optimizer: runs are paired.
///
/// @param problem where the instances come from
/// @param split of the problem
/// @param instances how many, ≥ 1
/// @param steps of each run, ≥ 1
/// @param seed which instances
/// @param threads how many instances run at the same time, ≥ 1; results do not depend on it
public record Evaluation(
    Problem problem, Problem.Split split, int instances, int steps, long seed, int threads) {

  public Evaluation {
    if (instances < 1) {
      throw new IllegalArgumentException("instances must be >= 1, got " + instances);
    }
    if (steps < 1) {
      throw new IllegalArgumentException("steps must be >= 1, got " + steps);
    }
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be >= 1, got " + threads);
    }
  }

  /// The same instances for another number of steps.
  public Evaluation withSteps(int other) {
    return new Evaluation(problem, split, instances, other, seed, threads);
  }

  /// Runs one optimizer on all instances.
  public Runs run(Optimizer<?> optimizer) {
    LearningCurve[] curves = new LearningCurve[instances];
    double[] microsPerStep = new double[instances];
    Workers.run(
        threads,
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
