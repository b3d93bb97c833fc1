package dev.glissade.training;

import dev.glissade.Objective;
import dev.glissade.ParameterLayout;
import dev.glissade.Problem;
import dev.glissade.TwiceDifferentiable;
import dev.glissade.meta.Episodes.Position;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// A count of the steps within an episode. It watches the objectives: each is evaluated once for a
/// step of each of its runs, whoever estimates the gradient. What is evaluated on other machines is
/// not seen.
final class EpisodeSteps {

  private final TrainingListener listener;
  private final long evaluationsPerStep;
  private final int unroll;
  private final AtomicLong evaluations = new AtomicLong(); // of the unroll in progress
  private volatile Position position = new Position(0, 0, 0);

  EpisodeSteps(MetaTraining training, TrainingListener listener) {
    this.listener = listener;
    this.unroll = training.estimator().unroll();
    this.evaluationsPerStep = (long) training.episodes().batch() * training.estimator().runs();
  }

  /// Begins to count the steps of an unroll.
  void begin(Position next) {
    position = next;
    evaluations.set(0);
  }

  private void evaluated() {
    long count = evaluations.incrementAndGet();
    if (count % evaluationsPerStep == 0) {
      Position now = position;
      int step = (int) Math.min(unroll, count / evaluationsPerStep);
      listener.stepping(now.unroll() * unroll + step, now.steps());
    }
  }

  /// The problem, with objectives that are counted.
  Problem watch(Problem problem) {
    return new Watched(problem, this);
  }

  private record Watched(Problem problem, EpisodeSteps count) implements Problem {

    @Override
    public String name() {
      return problem.name();
    }

    @Override
    public Objective sample(Split split, long seed) {
      Objective objective = problem.sample(split, seed);
      return objective instanceof TwiceDifferentiable twice
          ? new WatchedTwice(twice, count)
          : new WatchedOnce(objective, count);
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
  }

  private record WatchedOnce(Objective objective, EpisodeSteps count) implements Objective {

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
      count.evaluated();
      return objective.evaluate(parameters, draw, gradient);
    }
  }

  private record WatchedTwice(TwiceDifferentiable objective, EpisodeSteps count)
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
      count.evaluated();
      return objective.evaluate(parameters, draw, gradient);
    }

    @Override
    public void hessianTimes(float[] parameters, long draw, float[] vector, float[] product) {
      objective.hessianTimes(parameters, draw, vector, product);
    }
  }
}
