package dev.glissade.meta;

import dev.glissade.Seeds;
import dev.glissade.meta.GradientEstimator.Assignment;
import dev.glissade.meta.GradientEstimator.Estimate;
import java.util.random.RandomGenerator;

/// A random direction by which weights are moved.
///
/// @param values ε, `float[φ]`: 0 where nothing is trained
@SuppressWarnings("ArrayRecordComponent") // inside this package only; a sum of them is added to
record Perturbation(float[] values) {

  /// The name of σ in files.
  static final String DEVIATION = "deviation";

  /// Draws ε ~ N(0, σ²) in the blocks that are trained.
  static Perturbation draw(Assignment assignment, double deviation, long seed) {
    boolean[] mask = assignment.family().layout().mask(assignment.trained());
    float[] values = new float[mask.length];
    RandomGenerator random = Seeds.stream(seed, "perturbation", 0);
    for (int i = 0; i < mask.length; i++) {
      values[i] = mask[i] ? (float) random.nextGaussian(0, deviation) : 0;
    }
    return new Perturbation(values);
  }

  /// Computes φ + sign·ε, a new array.
  float[] addTo(float[] weights, int sign) {
    float[] moved = weights.clone();
    for (int i = 0; i < moved.length; i++) {
      float sum = moved[i] + sign * values[i];
      moved[i] = Math.clamp(sum, -Float.MAX_VALUE, Float.MAX_VALUE); // weights are finite
    }
    return moved;
  }

  /// Computes factor·ε, a new array.
  float[] times(double factor) {
    float[] scaled = new float[values.length];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] += (float) (factor * values[i]);
    }
    return scaled;
  }

  /// The meta-losses of two runs with φ + ε and with φ − ε.
  ///
  /// @param upper that with φ + ε
  /// @param lower that with φ − ε
  record Pair(double upper, double lower) {

    /// Estimates ∇L by (L(φ + ε) − L(φ − ε)) / 2σ² along a direction.
    ///
    /// @param deviation σ
    /// @param direction ε, or the sum of all that a run has met
    /// @param nonFiniteCount how many evaluations of both runs gave NaN or infinity
    Estimate estimate(
        Assignment assignment, double deviation, Perturbation direction, long nonFiniteCount) {
      double slope = assignment.scale() * (upper - lower) / (2 * deviation * deviation);
      return new Estimate(
          assignment.scale() * (upper + lower) / 2, direction.times(slope), nonFiniteCount);
    }
  }

  static void requireDeviation(double deviation) {
    if (!(deviation > 0) || Double.isInfinite(deviation)) {
      throw new IllegalArgumentException("deviation must be > 0, got " + deviation);
    }
  }
}
