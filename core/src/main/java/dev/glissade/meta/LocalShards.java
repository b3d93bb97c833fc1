package dev.glissade.meta;

import dev.glissade.Objective;
import dev.glissade.Problem;
import dev.glissade.Workers;
import dev.glissade.meta.GradientEstimator.Assignment;
import dev.glissade.meta.GradientEstimator.Estimate;
import dev.glissade.meta.GradientEstimator.Worker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Shards that share the threads of this JVM.
public final class LocalShards implements Shards {

  private final Problem problem;
  private final Assignment assignment;
  private List<Worker> workers = List.of();

  /// Shards for the objectives of a problem.
  public LocalShards(Problem problem, Assignment assignment) {
    this.problem = problem;
    this.assignment = assignment;
  }

  @Override
  public void start(List<long[]> seeds, float[] weights) {
    List<Worker> started = new ArrayList<>(seeds.size());
    for (long[] own : seeds) {
      List<Objective> objectives =
          Arrays.stream(own).mapToObj(seed -> problem.sample(Problem.Split.TRAIN, seed)).toList();
      started.add(assignment.start(objectives, weights));
    }
    workers = List.copyOf(started);
  }

  @Override
  public List<Estimate> advance(float[] weights, long[] seeds) {
    Estimate[] estimates = new Estimate[workers.size()];
    Workers.run(workers.size(), s -> estimates[s] = workers.get(s).advance(weights, seeds[s]));
    return List.of(estimates);
  }
}
