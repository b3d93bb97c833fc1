package dev.glissade.meta;

import dev.glissade.BlockFilter;
import dev.glissade.Coupling;
import dev.glissade.LearnedOptimizer;
import dev.glissade.Objective;
import dev.glissade.ParameterLayout;
import dev.glissade.Problem;
import dev.glissade.Seeds;
import dev.glissade.internal.Vectors;
import dev.glissade.meta.Episodes.Position;
import dev.glissade.meta.GradientEstimator.Assignment;
import dev.glissade.meta.GradientEstimator.Estimate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The meta-loss L(φ) = E[Σₜ f(θₜ)] as an [Objective]: what an optimizer is trained on.
///
/// Draw k is one unroll. Unrolls follow each other through an episode, in which the inner state
/// goes on; then the next episode starts, with fresh objectives. Because a draw that starts an
/// episode depends on nothing before it, a run can be resumed there.
///
/// The objectives of an episode are shared out to [Shards], whose number does not depend on the
/// number of threads or machines; their gradients are added up in order. So the result does not
/// depend on it either.
public final class MetaObjective implements Objective {

  /// The number of coordinates that keep one core's kernels well filled: five blocks of 64.
  private static final int SHARD_COORDINATES = 320;

  private final Problem problem;
  private final LearnedOptimizer<?> family;
  private final GradientEstimator estimator;
  private final Episodes episodes;
  private final long seed;
  private final Shards shards;
  private long nextDraw;
  private long nonFiniteCount;

  /// The meta-loss of all weights of a family.
  ///
  /// @param problem whose TRAIN objectives are drawn
  /// @param family the optimizers that are trained
  /// @param estimator of the gradient
  /// @param episodes how long they are, and on how many objectives
  /// @param seed of all episodes and of the initial weights
  public MetaObjective(
      Problem problem,
      LearnedOptimizer<?> family,
      GradientEstimator estimator,
      Episodes episodes,
      long seed) {
    this(problem, family, BlockFilter.ALL, estimator, episodes, seed);
  }

  /// The meta-loss of some weights of a family.
  ///
  /// @param problem whose TRAIN objectives are drawn
  /// @param family the optimizers that are trained
  /// @param trained the blocks of φ whose derivatives are needed
  /// @param estimator of the gradient
  /// @param episodes how long they are, and on how many objectives
  /// @param seed of all episodes and of the initial weights
  public MetaObjective(
      Problem problem,
      LearnedOptimizer<?> family,
      BlockFilter trained,
      GradientEstimator estimator,
      Episodes episodes,
      long seed) {
    episodes.requireMultiplesOf(estimator.unroll());
    estimator.check(family);
    this.problem = problem;
    this.family = family;
    this.estimator = estimator;
    this.episodes = episodes;
    this.seed = seed;
    double scale = 1.0 / episodes.batch();
    this.shards =
        new Shards(problem, new Assignment(family, trained, estimator, episodes.loss(), scale));
  }

  /// The place of a draw among episodes and unrolls.
  public Position position(long draw) {
    return episodes.position(draw, estimator.unroll());
  }

  @Override
  public ParameterLayout layout() {
    return family.layout();
  }

  @Override
  public float[] initialParameters() {
    return family.initialWeights(seed);
  }

  /// Moves the episode on by one unroll. Where φ has become infinite or NaN, by an update that was
  /// too large, the meta-loss is NaN.
  ///
  /// @return the mean over the batch of Σ f(θₜ) over its T steps, whose gradient by φ is estimated
  @Override
  public double evaluate(float[] parameters, long draw, float[] gradient) {
    Position position = position(draw);
    if (!Vectors.allFinite(parameters)) { // no member of the family, now or later
      Arrays.fill(gradient, 0);
      return Double.NaN;
    }
    if (position.unroll() == 0) {
      startEpisode(position.episode(), parameters);
    } else if (draw != nextDraw) {
      throw new IllegalStateException(
          "draw %s is in mid-episode: expected %s or the start of an episode"
              .formatted(draw, nextDraw));
    }
    nextDraw = draw + 1;

    long[] seeds = new long[shards.count()];
    Arrays.setAll(seeds, s -> Seeds.derive(seed, "unroll/" + draw, s));
    Arrays.fill(gradient, 0);
    double loss = 0;
    for (Estimate estimate : shards.advance(parameters, seeds)) {
      loss += estimate.loss();
      nonFiniteCount += estimate.nonFiniteCount();
      Vectors.add(estimate.gradient(), gradient);
    }
    return loss;
  }

  private void startEpisode(long episode, float[] weights) {
    int batch = episodes.batch();
    long episodeSeed = Seeds.derive(seed, "episode", episode);
    int shardCount = shardCount();
    List<long[]> seeds = new ArrayList<>(shardCount);
    for (int s = 0; s < shardCount; s++) {
      int from = s * batch / shardCount;
      int to = (s + 1) * batch / shardCount;
      long[] own = new long[to - from];
      Arrays.setAll(own, i -> Seeds.derive(episodeSeed, "batch", from + i));
      seeds.add(own);
    }
    shards.start(seeds, weights);
  }

  /// The number of shards: objectives may share one if the optimizer does not notice, and their
  /// losses can be summed before they count.
  private int shardCount() {
    if (!episodes.loss().isSum() || family.coupling() == Coupling.ALL) {
      return episodes.batch();
    }
    long wide = (long) episodes.batch() * problem.layout().size() / SHARD_COORDINATES;
    return Math.clamp(wide, 1, episodes.batch());
  }

  /// How many evaluations of objectives gave NaN or infinity so far.
  public long nonFiniteCount() {
    return nonFiniteCount;
  }
}
