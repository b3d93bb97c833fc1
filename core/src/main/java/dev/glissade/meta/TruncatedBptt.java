package dev.glissade.meta;

import dev.glissade.Coupling;
import dev.glissade.Descent;
import dev.glissade.LearnedOptimizer;
import dev.glissade.LearnedOptimizer.Differentiability;
import dev.glissade.Objective;
import dev.glissade.OptimizerState;
import dev.glissade.Seeds;
import dev.glissade.file.JsonObject;
import dev.glissade.learned.DifferentiableRule;
import dev.glissade.learned.Trajectory;
import dev.glissade.learned.Unroll;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Back-propagation through time, truncated to T steps, with the gradients of the objective as
/// constants (∂∇ₜ/∂φ = 0): Andrychowicz et al. 2016, section 2.1.
///
/// The derivative of the loss by the update of step t is then a suffix sum of gradients that the
/// forward run has computed already, so that an unroll costs T gradients of the objective and
/// nothing more.
///
/// @param unroll T ≥ 1
/// @param coordinateFraction which part of the coordinates to go back through, in (0, 1]. Less than
///   1 draws a random subset for each unroll and rescales: unbiased, cheaper, noisier
public record TruncatedBptt(int unroll, double coordinateFraction) implements GradientEstimator {

  static final String KIND = "bptt";
  private static final String FRACTION = "coordinateFraction";

  public TruncatedBptt {
    GradientEstimators.requireUnroll(unroll);
    if (!(coordinateFraction > 0 && coordinateFraction <= 1)) {
      throw new IllegalArgumentException(
          "coordinateFraction must be in (0, 1], got " + coordinateFraction);
    }
  }

  /// An estimator that goes back through every coordinate.
  public TruncatedBptt(int unroll) {
    this(unroll, 1);
  }

  static TruncatedBptt read(int unroll, JsonObject settings) {
    return new TruncatedBptt(unroll, settings.has(FRACTION) ? settings.real(FRACTION) : 1);
  }

  @Override
  public TruncatedBptt withUnroll(int steps) {
    return new TruncatedBptt(steps, coordinateFraction);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public JsonObject settings() {
    return JsonObject.empty().with(FRACTION, coordinateFraction);
  }

  @Override
  public void check(LearnedOptimizer<?> family) {
    if (family.differentiability() == Differentiability.NONE) {
      throw new IllegalArgumentException(
          "this optimizer cannot be differentiated: train it with evolution strategies");
    }
    if (coordinateFraction < 1 && family.coupling() == Coupling.ALL) {
      throw new IllegalArgumentException(
          "this optimizer mixes all coordinates: coordinateFraction must be 1, got "
              + coordinateFraction);
    }
  }

  /// The state where it starts, or that before each step, and a gradient for every point.
  @Override
  public long floatsKept(long coordinates, long state, boolean keepsStates) {
    return (keepsStates ? unroll * state : state) + (unroll + 1L) * coordinates;
  }

  @Override
  public Worker start(Assignment assignment, List<Objective> objectives, float[] weights) {
    return worker(assignment, assignment.family(), new Batch(objectives), weights);
  }

  private <S extends OptimizerState> Worker worker(
      Assignment assignment, LearnedOptimizer<S> family, Batch batch, float[] weights) {
    return new Bptt<>(this, assignment, family, batch, new Run<>(batch, family.with(weights)));
  }

  /// A run and what is recorded of it.
  private static final class Bptt<S extends OptimizerState> implements Worker {
    private final TruncatedBptt estimator;
    private final Assignment assignment;
    private final LearnedOptimizer<S> family;
    private final Batch batch;
    private final Run<S> run;
    private final List<S> states; // before each step, or before the first alone
    private final float[] parameters; // [N], where it starts
    private final double[] losses; // [T + 1]
    private final float[][] gradients; // [T + 1][N]

    Bptt(
        TruncatedBptt estimator,
        Assignment assignment,
        LearnedOptimizer<S> family,
        Batch batch,
        Run<S> run) {
      this.estimator = estimator;
      this.assignment = assignment;
      this.family = family;
      this.batch = batch;
      this.run = run;
      boolean all = Run.differentiable(run.optimizer()).keepsStates();
      this.states = Stream.generate(run::freshState).limit(all ? estimator.unroll : 1).toList();
      this.parameters = new float[batch.layout().size()];
      this.losses = new double[estimator.unroll + 1];
      this.gradients = new float[estimator.unroll + 1][batch.layout().size()];
    }

    @Override
    public Estimate advance(float[] weights, long seed) {
      DifferentiableRule<S> rule = Run.differentiable(family.with(weights));
      Descent descent = run.descent();
      long nonFinite = batch.nonFiniteCount();
      copy(descent.parameters(), parameters);
      int[] coordinates = estimator.coordinates(parameters.length, seed);
      double scale = assignment.scale() * parameters.length / coordinates.length;
      Trajectory trajectory =
          new Trajectory(batch.layout(), descent.step(), parameters, losses, gradients);
      float[] multipliers = new float[estimator.unroll + 1];
      double sum = 0;
      record(0);
      for (int t = 1; t <= estimator.unroll; t++) {
        if (t <= states.size()) {
          states.get(t - 1).copyFrom(run.state());
        }
        descent.advance(rule);
        record(t);
        sum += assignment.loss().of(descent.loss());
        multipliers[t] = (float) (scale * assignment.loss().slope(descent.loss()));
      }
      float[] gradient = new float[weights.length];
      Unroll unroll = new Unroll(trajectory, gradients, multipliers, coordinates);
      rule.backward(kept(rule), unroll, gradient);
      return new Estimate(assignment.scale() * sum, gradient, batch.nonFiniteCount() - nonFinite);
    }

    /// The states that were kept, and where all were the one after the last step.
    private List<S> kept(DifferentiableRule<S> rule) {
      return rule.keepsStates()
          ? Stream.concat(states.stream(), Stream.of(run.state())).toList()
          : states;
    }

    private void record(int t) {
      copy(run.descent().gradient(), gradients[t]);
      losses[t] = run.descent().loss();
    }

    private static void copy(float[] from, float[] to) {
      System.arraycopy(from, 0, to, 0, to.length);
    }
  }

  /// Chooses all coordinates, or a random subset of them without replacement, ascending (Knuth, The
  /// Art of Computer Programming 2, algorithm 3.4.2 S).
  int[] coordinates(int count, long seed) {
    if (coordinateFraction == 1) {
      return IntStream.range(0, count).toArray();
    }
    int[] chosen = new int[Math.max(1, (int) Math.round(coordinateFraction * count))];
    RandomGenerator random = Seeds.stream(seed, "coordinates", 0);
    for (int i = 0, n = 0; n < chosen.length; i++) {
      if ((count - i) * random.nextDouble() < chosen.length - n) {
        chosen[n++] = i;
      }
    }
    return chosen;
  }
}
