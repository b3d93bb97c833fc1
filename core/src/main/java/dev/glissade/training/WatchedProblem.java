package dev.glissade.training;

import dev.glissade.Objective;
import dev.glissade.ParameterLayout;
import dev.glissade.Problem;
import dev.glissade.TwiceDifferentiable;
import java.io.Serial;
import java.io.Serializable;
import java.util.List;

/// A problem whose objectives tell when they are evaluated, and are the same otherwise.
///
/// @param evaluated is told before each evaluation, on any thread
record WatchedProblem(Problem problem, Runnable evaluated) implements Problem, Serializable {

  /// The problem itself, in place of what travels: nobody watches from elsewhere.
  @Serial
  private Object writeReplace() {
    return problem;
  }

  @Override
  public String name() {
    return problem.name();
  }

  @Override
  public Objective sample(Split split, long seed) {
    Objective objective = problem.sample(split, seed);
    return objective instanceof TwiceDifferentiable twice
        ? new WatchedTwice(twice, evaluated)
        : new WatchedOnce(objective, evaluated);
  }

  @Override
  public ParameterLayout layout() {
    return problem.layout();
  }

  @Override
  public boolean isTwiceDifferentiable() {
    return problem.isTwiceDifferentiable();
  }

  @Override
  public int steps() {
    return problem.steps();
  }

  @Override
  public List<Problem> variants() {
    return problem.variants();
  }

  private record WatchedOnce(Objective objective, Runnable evaluated) implements Objective {

    @Override
    public ParameterLayout layout() {
      return objective.layout();
    }

    @Override
    public float[] initialParameters() {
      return objective.initialParameters();
    }

    @Override
    public double evaluate(float[] parameters, long draw, float[] gradient) {
      evaluated.run();
      return objective.evaluate(parameters, draw, gradient);
    }
  }

  private record WatchedTwice(TwiceDifferentiable objective, Runnable evaluated)
      implements TwiceDifferentiable {

    @Override
    public ParameterLayout layout() {
      return objective.layout();
    }

    @Override
    public float[] initialParameters() {
      return objective.initialParameters();
    }

    @Override
    public double evaluate(float[] parameters, long draw, float[] gradient) {
      evaluated.run();
      return objective.evaluate(parameters, draw, gradient);
    }

    @Override
    public void hessianTimes(float[] parameters, long draw, float[] vector, float[] product) {
      objective.hessianTimes(parameters, draw, vector, product);
    }
  }
}
