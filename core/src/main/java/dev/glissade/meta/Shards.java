package dev.glissade.meta;

import dev.glissade.Problem;
import dev.glissade.meta.GradientEstimator.Assignment;
import dev.glissade.meta.GradientEstimator.Estimate;
import java.util.List;

/// The parts of an episode, each with objectives of its own, which are moved on side by side: on
/// local threads ([LocalShards]), or anywhere else.
///
/// What they give does not depend on where they are: [MetaObjective] decides how the objectives are
/// shared out, and adds up in their order.
public interface Shards {

  /// Starts an episode in every shard.
  ///
  /// @param seeds of the TRAIN objectives of each shard
  /// @param weights φ, only read
  void start(List<long[]> seeds, float[] weights);

  /// Moves every shard on by one unroll.
  ///
  /// @param weights φ, only read
  /// @param seeds one for each shard, of whatever randomness its estimator uses
  /// @return what they gave, in the order of the shards
  List<Estimate> advance(float[] weights, long[] seeds);

  /// Makes the shards of a training.
  @FunctionalInterface
  interface Opener {

    /// Shards for the objectives of a problem.
    Shards open(Problem problem, Assignment assignment);
  }
}
