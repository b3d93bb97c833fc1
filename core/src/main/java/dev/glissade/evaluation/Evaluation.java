package dev.glissade.evaluation;

import dev.glissade.Objective;
import dev.glissade.Optimizer;
import dev.glissade.Problem;
import dev.glissade.Seeds;
import dev.glissade.cluster.Cluster;
import java.util.ArrayList;
import java.util.List;

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

  /// The most losses that an array can hold, the first aside.
  private static final int MOST_STEPS = Integer.MAX_VALUE - 9;

  /// The bytes of a curve besides its losses: two objects, what points to them, and a time.
  private static final int CURVE = 64;

  public Evaluation {
    if (instances < 1) {
      throw new IllegalArgumentException("instances must be >= 1, got " + instances);
    }
    if (steps < 1) {
      throw new IllegalArgumentException("steps must be >= 1, got " + steps);
    }
    if (steps > MOST_STEPS) {
      throw new IllegalArgumentException(
          "steps must be <= %s, got %s".formatted(MOST_STEPS, steps));
    }
  }

  /// The evaluation on the same instances with another number of steps.
  public Evaluation withSteps(int other) {
    return new Evaluation(problem, split, instances, other, seed);
  }

  /// The bytes of the losses of one optimizer's runs, which are kept until all are done. What
  /// objectives and optimizers hold besides is not counted.
  public double leastBytes() {
    return instances * (CURVE + Double.BYTES * (steps + 1.0));
  }

  /// One of the instances.
  ///
  /// @param number of it, from 0
  Objective instance(int number) {
    return problem.sample(split, Seeds.derive(seed, "instance", number));
  }

  /// Runs one optimizer on all instances, in silence.
  public Runs run(Optimizer<?> optimizer) {
    return run(optimizer, () -> {});
  }

  /// Runs one optimizer on all instances.
  ///
  /// @param progress is told of each run when it is done
  public Runs run(Optimizer<?> optimizer, RunListener progress) {
    return run(optimizer, 0, instances, progress);
  }

  /// Runs one optimizer on some of the instances.
  ///
  /// @param first the number of the first of them, ≥ 0
  /// @param end the number after the last of them, > `first`
  /// @param progress is told of each run when it is done
  Runs run(Optimizer<?> optimizer, int first, int end, RunListener progress) {
    return run(List.of(new Leg(optimizer, first, end)), progress).getFirst();
  }

  /// Runs several optimizers, each on some of the instances: all that is to be run at once, so that
  /// it can be shared out.
  ///
  /// @param progress is told of each run when it is done
  /// @return the runs of each leg, in their order
  List<Runs> run(List<Leg> legs, RunListener progress) {
    LegsJob job = LegsJob.of(this, legs);
    List<LegsJob.Run> done = Cluster.run(job, job.count(), progress::done);
    List<Runs> all = new ArrayList<>();
    int from = 0;
    for (Leg leg : legs) {
      all.add(LegsJob.runs(done.subList(from, from + leg.count())));
      from += leg.count();
    }
    return all;
  }

  /// One optimizer's runs on some of the instances.
  ///
  /// @param first the number of the first of them, ≥ 0
  /// @param end the number after the last of them, > `first`
  record Leg(Optimizer<?> optimizer, int first, int end) {

    int count() {
      return end - first;
    }
  }
}
