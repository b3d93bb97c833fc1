package dev.glissade.meta;

import dev.glissade.Problem;
import dev.glissade.cluster.Cluster;
import dev.glissade.cluster.Shelf;
import dev.glissade.meta.GradientEstimator.Assignment;
import dev.glissade.meta.GradientEstimator.Estimate;
import dev.glissade.meta.UnrollJob.Standing;
import dev.glissade.meta.UnrollJob.Unroll;
import java.util.ArrayList;
import java.util.List;

/// The parts of an episode, each with objectives of its own, which are moved on side by side,
/// wherever the work is done.
///
/// What they give does not depend on where they are: [MetaObjective] decides how the objectives are
/// shared out, and adds up in their order.
final class Shards {

  private static final float[] NONE = {};

  private final Problem problem;
  private final Assignment assignment;
  private final List<Unroll> unrolls = new ArrayList<>(); // of the episode
  private List<long[]> objectives = List.of();
  private float[] start = NONE;
  private Shelf<Standing> workers = new Shelf<>();

  Shards(Problem problem, Assignment assignment) {
    this.problem = problem;
    this.assignment = assignment;
  }

  /// Starts an episode in every shard.
  ///
  /// @param seeds of the TRAIN objectives of each shard
  /// @param weights φ, only read
  void start(List<long[]> seeds, float[] weights) {
    objectives = List.copyOf(seeds);
    start = weights.clone();
    unrolls.clear();
    workers = new Shelf<>();
  }

  /// The number of shards in the episode.
  int count() {
    return objectives.size();
  }

  /// Moves every shard on by one unroll.
  ///
  /// @param weights φ, only read
  /// @param seeds one for each shard, of whatever randomness its estimator uses
  /// @return what they gave, in the order of the shards
  List<Estimate> advance(float[] weights, long[] seeds) {
    unrolls.add(new Unroll(weights.clone(), seeds));
    UnrollJob job =
        new UnrollJob(problem, assignment, objectives, start, List.copyOf(unrolls), workers);
    return Cluster.run(job, count(), () -> {});
  }
}
