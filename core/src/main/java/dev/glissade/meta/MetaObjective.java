package dev.glissade.meta;

import dev.glissade.LearnedOptimizer;
import dev.glissade.Objective;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.Problem;
import dev.glissade.Seeds;
import dev.glissade.Workers;
import dev.glissade.internal.Vectors;
import dev.glissade.meta.Curriculum.Position;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The meta-loss L(φ) = E[Σₜ f(θₜ)] as an [Objective]: what an optimizer is trained on.
///
/// Draw k is one unroll. Unrolls follow each other through an episode of `steps` steps, in which
/// the inner state goes on; then the next episode starts, with fresh objectives. Because a draw
/// that starts an episode depends on nothing before it, a run can be resumed there.
///
/// The objectives of an episode are shared out to *shards*, whose number does not depend on the
/// number of threads; their gradients are added up in order. So the result does not depend on it
/// either.
///
/// @param <S> the state of the learned optimizer
public final class MetaObjective<S extends OptimizerState> implements Objective {

  /// Coordinates that keep one core's kernels well filled: five blocks of 64.
  private static final int SHARD_COORDINATES = 320;

  private final Problem problem;
  private final GradientEstimator<S> estimator;
  private final EpisodePlan plan;
  private final long seed;
  private List<Episode<S>> shards = List.of();
  private float[][] shardGradients = new float[0][]; // [shards][φ]
  private long nextDraw;
  private long lostCount;

  /// The shape of the episodes.
  ///
  /// @param curriculum how long they are
  /// @param batch B, how many objectives are run side by side, ≥ 1
  public record EpisodePlan(Curriculum curriculum, int batch) {
    public EpisodePlan {
      if (batch < 1) {
        throw new IllegalArgumentException("batch must be >= 1, got " + batch);
      }
    }
  }

  /// @param problem whose TRAIN objectives are drawn
  /// @param estimator of the gradient, which names the optimizer
  /// @param plan of the episodes
  /// @param seed of all episodes and of the initial weights
  public MetaObjective(
      Problem problem, GradientEstimator<S> estimator, EpisodePlan plan, long seed) {
    plan.curriculum().requireMultiplesOf(estimator.unroll());
    this.problem = problem;
    this.estimator = estimator;
    this.plan = plan;
    this.seed = seed;
  }

  /// Where a draw lies.
  public Position position(long draw) {
    return plan.curriculum().position(draw, estimator.unroll());
  }

  @Override
  public ParameterLayout layout() {
    return estimator.learned().layout();
  }

  @Override
  public float[] initialParameters() {
    return estimator.learned().initialWeights(seed);
  }

  /// One unroll: the mean over the batch of Σ f(θₜ) over its T steps, and its gradient by φ.
  @Override
  public double evaluate(float[] parameters, long draw, float[] gradient) {
    Position position = position(draw);
    if (position.unroll() == 0) {
      startEpisode(position.episode(), parameters);
    } else if (draw != nextDraw) {
      throw new IllegalStateException(
          "draw %d is in mid-episode: expected %d or the start of an episode"
              .formatted(draw, nextDraw));
    }
    nextDraw = draw + 1;

    double[] losses = new double[shards.size()];
    Workers.run(shards.size(), s -> losses[s] = estimate(s, parameters, draw));
    Arrays.fill(gradient, 0);
    double loss = 0;
    for (int s = 0; s < losses.length; s++) {
      loss += losses[s];
      Vectors.add(shardGradients[s], gradient);
    }
    return loss;
  }

  private double estimate(int shard, float[] weights, long draw) {
    Arrays.fill(shardGradients[shard], 0);
    long shardSeed = Seeds.derive(seed, "unroll/" + draw, shard);
    return estimator.estimate(
        weights, shards.get(shard), 1.0 / plan.batch(), shardSeed, shardGradients[shard]);
  }

  private void startEpisode(long episode, float[] weights) {
    lostCount = nonFiniteCount();
    var optimizer = estimator.learned().with(weights);
    long episodeSeed = Seeds.derive(seed, "episode", episode);
    List<Objective> objectives = new ArrayList<>(plan.batch());
    for (int b = 0; b < plan.batch(); b++) {
      objectives.add(problem.sample(Problem.Split.TRAIN, Seeds.derive(episodeSeed, "batch", b)));
    }
    int count = shardCount(objectives.getFirst().layout().size());
    List<Episode<S>> started = new ArrayList<>(count);
    for (int s = 0; s < count; s++) {
      int from = s * plan.batch() / count;
      int to = (s + 1) * plan.batch() / count;
      started.add(new Episode<>(objectives.subList(from, to), optimizer));
    }
    shards = started;
    shardGradients = new float[count][layout().size()];
  }

  /// Logarithms are those of one objective's loss each.
  private int shardCount(int coordinates) {
    if (estimator.metaLoss() == MetaLoss.LOGARITHMS) {
      return plan.batch();
    }
    long wide = (long) plan.batch() * coordinates / SHARD_COORDINATES;
    return Math.clamp(wide, 1, plan.batch());
  }

  /// How many evaluations of objectives gave NaN or infinity so far.
  public long nonFiniteCount() {
    long count = lostCount;
    for (Episode<S> shard : shards) {
      count += shard.batch().nonFiniteCount();
    }
    return count;
  }

  /// The optimizers that are trained.
  public LearnedOptimizer<S> learned() {
    return estimator.learned();
  }
}
