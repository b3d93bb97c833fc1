package dev.glissade.meta;

import dev.glissade.Descent;
import dev.glissade.LearnedOptimizer;
import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.Seeds;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// Evolution strategies with antithetic pairs: two runs of T steps from where the episode stands,
/// with φ + ε and with φ − ε on the same draws, and
///
/// ```
/// ∇L ≈ (L(φ + ε) − L(φ − ε)) / 2σ² · ε,   ε ~ N(0, σ²)
/// ```
///
/// which is the gradient of L smoothed by a Gaussian. Nothing goes back through the T steps, so
/// that they may be thousands: with T = a whole episode, the estimate sees what an update costs at
/// its very end, which truncated back-propagation does not. It is noisy in proportion to the number
/// of weights that are perturbed, and so suits few of them: learned rates, not LSTMs.
///
/// A run in which something gave NaN or infinity counts as if it had not moved. The episode goes on
/// from the run with φ + ε.
///
/// References: T. Salimans et al., *Evolution strategies as a scalable alternative to reinforcement
/// learning*, 2017; L. Metz et al., *Understanding and correcting pathologies in the training of
/// learned optimizers*, ICML 2019.
///
/// @param learned the optimizers that are trained
/// @param unroll T ≥ 1
/// @param metaLoss what is summed over the steps
/// @param deviation σ > 0
/// @param perturbed searched for in the names of the blocks of φ: those that are perturbed; the
///   others have no gradient
public record EvolutionStrategies<S extends OptimizerState>(
    LearnedOptimizer<S> learned, int unroll, MetaLoss metaLoss, double deviation, Pattern perturbed)
    implements GradientEstimator<S> {

  public EvolutionStrategies {
    if (unroll < 1) {
      throw new IllegalArgumentException("unroll must be >= 1, got " + unroll);
    }
    if (!(deviation > 0) || Double.isInfinite(deviation)) {
      throw new IllegalArgumentException("deviation must be > 0, got " + deviation);
    }
  }

  @Override
  public double estimate(
      float[] weights, Episode<S> episode, double scale, long seed, float[] weightGradient) {
    float[] perturbation = perturbation(seed);
    Descent descent = episode.descent();
    S state = episode.unrollStart();
    state.copyFrom(episode.state());
    Optimizer<S> minus = moved(weights, perturbation, -1);
    Descent other =
        Descent.resume(
            episode.batch(),
            minus,
            descent.parameters().clone(),
            state,
            descent.draws(),
            descent.step());
    double lower = run(episode.batch(), other, minus);
    double upper = run(episode.batch(), descent, moved(weights, perturbation, 1));
    double slope = scale * (upper - lower) / (2 * deviation * deviation);
    for (int i = 0; i < perturbation.length; i++) {
      weightGradient[i] += (float) (slope * perturbation[i]);
    }
    return scale * (upper + lower) / 2;
  }

  /// ε, `float[φ]`: 0 where nothing is perturbed.
  private float[] perturbation(long seed) {
    boolean[] mask = learned.layout().mask(perturbed);
    float[] perturbation = new float[mask.length];
    RandomGenerator random = Seeds.stream(seed, "perturbation", 0);
    for (int i = 0; i < mask.length; i++) {
      perturbation[i] = mask[i] ? (float) random.nextGaussian(0, deviation) : 0;
    }
    return perturbation;
  }

  private Optimizer<S> moved(float[] weights, float[] perturbation, int sign) {
    float[] moved = weights.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += sign * perturbation[i];
    }
    return learned.with(moved);
  }

  /// Takes T steps.
  ///
  /// @return the sum of the losses, or of their logarithms
  private double run(Batch batch, Descent descent, Optimizer<S> optimizer) {
    double still = unroll * metaLoss.of(descent.loss());
    long before = batch.nonFiniteCount();
    double sum = 0;
    for (int t = 0; t < unroll; t++) {
      descent.advance(optimizer);
      sum += metaLoss.of(descent.loss());
    }
    return batch.nonFiniteCount() == before ? sum : still;
  }
}
