package dev.glissade.evaluation;

import dev.glissade.Objective;
import dev.glissade.Optimizer;
import dev.glissade.Problem;
import dev.glissade.Seeds;
import dev.glissade.cluster.Cluster;
import dev.glissade.cluster.Job;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
    return byLeg(legs, Cluster.run(job, job.count(), progress::done));
  }

  /// Runs contenders on all instances, as far as these runs are not kept already. On a cluster
  /// nothing is kept: runs come back when all are done.
  ///
  /// @param progress is told of each run when it is there
  /// @return the runs of each, in their order
  List<Runs> run(List<Contender> contenders, KeptRuns kept, RunListener progress) {
    List<Leg> legs = contenders.stream().map(it -> new Leg(it.optimizer(), 0, instances)).toList();
    if (!Cluster.isLocal()) {
      return run(legs, progress);
    }
    LegsJob job = LegsJob.of(this, legs);
    Job<LegsJob.Run> keeping = index -> keep(job, index, contenders, kept);
    return byLeg(legs, Cluster.run(keeping, job.count(), progress::done));
  }

  private LegsJob.Run keep(LegsJob job, int index, List<Contender> contenders, KeptRuns kept) {
    LegsJob.Place place = job.place(index);
    Contender contender = contenders.get(place.leg());
    Optional<LegsJob.Run> found = kept.find(this, contender, place.instance());
    if (found.isPresent()) {
      return found.get();
    }
    LegsJob.Run made = job.run(index);
    kept.put(this, contender, place.instance(), made);
    return made;
  }

  private static List<Runs> byLeg(List<Leg> legs, List<LegsJob.Run> done) {
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
