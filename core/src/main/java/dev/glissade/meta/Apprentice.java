package dev.glissade.meta;

import dev.glissade.Descent;
import dev.glissade.LearnedOptimizer;
import dev.glissade.OptimizerState;
import dev.glissade.learned.DifferentiableRule;
import dev.glissade.learned.Trajectory;
import dev.glissade.learned.Unroll;
import dev.glissade.meta.GradientEstimator.Estimate;
import dev.glissade.meta.GradientEstimator.Worker;
import java.util.Arrays;

/// The worker of an episode whose steps a [Imitated] makes, and whose loss is how far the learned
/// optimizer's updates are from the teacher's: Σₜ ½·‖uₜ − aₜ‖²/‖aₜ‖², so that it neither depends on
/// the scale of the updates nor on when they are made.
///
/// The derivative by each update is known where the step is made; [Unroll] takes its differences,
/// of which it makes sums. On the way back the optimizer is given the recorded gradients: exact for
/// rules that look at nothing else.
///
/// @param <S> the state of the learned optimizer
final class Apprentice<S extends OptimizerState> implements Worker {

  private static final double LEAST = 1e-30; // an update of zeros has no length

  private final Imitation estimator;
  private final double scale;
  private final LearnedOptimizer<S> family;
  private final Batch batch;
  private final Descent descent; // the teacher's
  private final S state;
  private final S start; // of the unroll
  private final float[] parameters; // [N], where it starts
  private final double[] losses; // [T + 1]
  private final float[][] gradients; // [T + 1][N]
  private final float[][] slopes; // [T + 1][N]

  /// Starts the episode.
  ///
  /// @param scale factor of the loss
  /// @param weights φ, only read
  Apprentice(
      Imitation estimator, double scale, LearnedOptimizer<S> family, float[] weights, Batch batch) {
    int size = batch.layout().size();
    this.estimator = estimator;
    this.scale = scale;
    this.family = family;
    this.batch = batch;
    this.descent = Descent.start(batch, estimator.teacher().optimizer());
    this.state = family.with(weights).start(batch.layout());
    this.start = family.with(weights).start(batch.layout());
    this.parameters = new float[size];
    this.losses = new double[estimator.unroll() + 1];
    this.gradients = new float[estimator.unroll() + 1][size];
    this.slopes = new float[estimator.unroll() + 1][size];
  }

  @Override
  public Estimate advance(float[] weights, long seed) {
    DifferentiableRule<S> rule = Run.differentiable(family.with(weights));
    long nonFinite = batch.nonFiniteCount();
    start.copyFrom(state);
    copy(descent.parameters(), parameters);
    long first = descent.step();
    record(0);
    double distance = 0;
    for (int t = 1; t <= estimator.unroll(); t++) {
      distance += step(rule, slopes[t]);
      record(t);
    }
    for (int t = 1; t < estimator.unroll(); t++) {
      subtract(slopes[t + 1], slopes[t]); // now their sums from the end on are the derivatives
    }
    float[] gradient = new float[weights.length];
    int[] coordinates = estimator.own().coordinates(parameters.length, seed);
    float[] multipliers = new float[slopes.length];
    Arrays.fill(multipliers, (float) (scale * parameters.length / coordinates.length));
    Trajectory trajectory = new Trajectory(batch.layout(), first, parameters, losses, gradients);
    rule.backward(start, new Unroll(trajectory, slopes, multipliers, coordinates), gradient);
    return new Estimate(scale * distance, gradient, batch.nonFiniteCount() - nonFinite);
  }

  /// Lets the teacher make a step, and the optimizer say what it would have done.
  ///
  /// @param slope receives the derivative of the distance by the optimizer's update
  /// @return the distance
  private double step(DifferentiableRule<S> rule, float[] slope) {
    float[] before = descent.parameters().clone();
    rule.update(descent, state, slope);
    descent.advance();
    double error = 0;
    double square = LEAST;
    for (int n = 0; n < slope.length; n++) {
      float wanted = descent.parameters()[n] - before[n];
      slope[n] -= wanted;
      error += (double) slope[n] * slope[n];
      square += (double) wanted * wanted;
    }
    for (int n = 0; n < slope.length; n++) {
      slope[n] = (float) (slope[n] / square);
    }
    return error / (2 * square);
  }

  private void record(int t) {
    copy(descent.gradient(), gradients[t]);
    losses[t] = descent.loss();
  }

  private static void subtract(float[] from, float[] to) {
    for (int n = 0; n < to.length; n++) {
      to[n] -= from[n];
    }
  }

  private static void copy(float[] from, float[] to) {
    System.arraycopy(from, 0, to, 0, to.length);
  }
}
