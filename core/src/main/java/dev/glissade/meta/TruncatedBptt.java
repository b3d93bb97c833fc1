package dev.glissade.meta;

import dev.glissade.Descent;
import dev.glissade.LearnedOptimizer.Backpropagatable;
import dev.glissade.LearnedOptimizer.DifferentiableRule;
import dev.glissade.OptimizerState;
import dev.glissade.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// Back-propagation through time, truncated to T steps: Andrychowicz et al. 2016, section 2.1.
///
/// Without second derivatives (∂∇ₜ/∂φ = 0, as in the paper) the derivative of the loss by the
/// update of step t is a suffix sum of gradients that the forward run has computed already, so that
/// an unroll costs T gradients of the objective and nothing more.
///
/// @param learned the optimizers that are trained
/// @param unroll T ≥ 1
/// @param metaLoss what is summed over the steps
/// @param secondDerivatives whether to go back through ∇f as well; asks for objectives with
///   Hessian-vector products
/// @param coordinateFraction which part of the coordinates to go back through, in (0, 1]. Less than
///   1 draws a random subset for each unroll and rescales: unbiased, cheaper, noisier. Needs
///   `secondDerivatives` off
public record TruncatedBptt<S extends OptimizerState>(
    Backpropagatable<S> learned,
    int unroll,
    MetaLoss metaLoss,
    boolean secondDerivatives,
    double coordinateFraction)
    implements GradientEstimator<S> {

  public TruncatedBptt {
    if (unroll < 1) {
      throw new IllegalArgumentException("unroll must be >= 1, got " + unroll);
    }
    if (!(coordinateFraction > 0 && coordinateFraction <= 1)) {
      throw new IllegalArgumentException(
          "coordinateFraction must be in (0, 1], got " + coordinateFraction);
    }
    if (secondDerivatives && coordinateFraction < 1) {
      throw new IllegalArgumentException(
          "second derivatives need every coordinate: coordinateFraction must be 1, got "
              + coordinateFraction);
    }
  }

  /// As in the paper: no second derivatives, every coordinate.
  public TruncatedBptt(Backpropagatable<S> learned, int unroll) {
    this(learned, unroll, MetaLoss.LOSSES, false, 1);
  }

  @Override
  public double estimate(
      float[] weights, Episode<S> episode, double scale, long seed, float[] weightGradient) {
    DifferentiableRule<S> rule = learned.with(weights);
    return secondDerivatives
        ? exact(rule, episode, scale, weightGradient)
        : firstOrder(rule, episode, scale, seed, weightGradient);
  }

  private double firstOrder(
      DifferentiableRule<S> rule,
      Episode<S> episode,
      double scale,
      long seed,
      float[] weightGradient) {
    Descent descent = episode.descent();
    float[][] gradients = episode.gradients(unroll);
    episode.unrollStart().copyFrom(episode.state());
    float[] multipliers = new float[unroll + 1];
    int[] coordinates = coordinates(descent.gradient().length, seed);
    double rescaled = scale * descent.gradient().length / coordinates.length;
    double sum = 0;
    for (int t = 0; t < unroll; t++) {
      copy(descent.gradient(), gradients[t]);
      descent.advance(rule);
      sum += metaLoss.of(descent.loss());
      multipliers[t + 1] = (float) (rescaled * metaLoss.slope(descent.loss()));
    }
    copy(descent.gradient(), gradients[unroll]);
    rule.backward(episode.unrollStart(), gradients, multipliers, coordinates, weightGradient);
    return scale * sum;
  }

  /// All coordinates, or a random subset of them without replacement, ascending (Knuth, The Art of
  /// Computer Programming 2, algorithm 3.4.2 S).
  private int[] coordinates(int count, long seed) {
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

  /// With A the derivative of the loss by θₜ₊₁, which is that by the update of step t: A ← A +
  /// scale·∇ₜ + Hₜ·(∂L/∂∇ₜ) gives the one by θₜ.
  private double exact(
      DifferentiableRule<S> rule, Episode<S> episode, double scale, float[] weightGradient) {
    if (!episode.batch().isTwiceDifferentiable()) {
      throw new IllegalArgumentException(
          "second derivatives need objectives with Hessian-vector products; train without them");
    }
    Descent descent = episode.descent();
    int size = descent.parameters().length;
    float[][] gradients = episode.gradients(unroll);
    float[][] points = new float[unroll][]; // [T][N]
    long[] draws = new long[unroll];
    double[] slopes = new double[unroll + 1]; // of the meta-loss, by the loss at each point
    List<S> states = new ArrayList<>(unroll);
    double sum = 0;
    for (int t = 0; t < unroll; t++) {
      copy(descent.gradient(), gradients[t]);
      points[t] = descent.parameters().clone();
      draws[t] = descent.draws();
      S state = rule.start(episode.batch().layout());
      state.copyFrom(episode.state());
      states.add(state);
      descent.advance(rule);
      sum += metaLoss.of(descent.loss());
      slopes[t + 1] = scale * metaLoss.slope(descent.loss());
    }

    float[] pointGradient = new float[size]; // A
    addScaled(descent.gradient(), slopes[unroll], pointGradient);
    S stateGradient = rule.start(episode.batch().layout());
    float[] gradientGradient = new float[size];
    float[] product = new float[size];
    for (int t = unroll - 1; t >= 0; t--) {
      rule.backwardStep(
          states.get(t),
          gradients[t],
          pointGradient,
          stateGradient,
          weightGradient,
          gradientGradient);
      episode.batch().hessianTimes(points[t], draws[t], gradientGradient, product);
      addScaled(product, 1, pointGradient);
      addScaled(gradients[t], slopes[t], pointGradient);
    }
    return scale * sum;
  }

  private static void copy(float[] from, float[] to) {
    System.arraycopy(from, 0, to, 0, to.length);
  }

  private static void addScaled(float[] from, double scale, float[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] += (float) (scale * from[i]);
    }
  }
}
