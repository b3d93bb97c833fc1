package dev.glissade.learned;

import dev.glissade.ParameterLayout;
import dev.glissade.ParameterLayout.Block;

/// A learned function of the step, the logarithm of a rate: a power law within each half of a
/// decade,
///
/// ```
/// ρ(t) = r + Σ_k s_k·min(1, max(0, 2·log₁₀(1 + t) − k)),   k = 0 … 5
/// ```
///
/// Each s_k says by how much ρ grows within its half of a decade. What no training has reached is
/// flat: past the longest episode, and past 1,000 steps, the rate stays as it is.
final class RateSchedule {

  private static final int PIECES = 6;
  private static final double PIECES_PER_DECADE = 2;

  /// Numbers in φ: r, then the s.
  static final int SIZE = 1 + PIECES;

  private RateSchedule() {}

  /// Its place in φ.
  static Block block() {
    return ParameterLayout.block("base/log-rate", SIZE);
  }

  /// ρ after `steps` steps.
  ///
  /// @param weights in which r is at `offset`
  /// @param steps ≥ 0
  static double at(float[] weights, int offset, double steps) {
    double sum = 0;
    for (int i = 0; i < SIZE; i++) {
      sum += weights[offset + i] * part(i, steps);
    }
    return sum;
  }

  /// Adds the derivatives by r and the s, given that by ρ after `steps` steps.
  static void backward(double slope, double steps, float[] weightGradient, int offset) {
    for (int i = 0; i < SIZE; i++) {
      weightGradient[offset + i] += (float) (part(i, steps) * slope);
    }
  }

  /// ∂ρ/∂r, or ∂ρ/∂s_(i-1).
  private static double part(int i, double steps) {
    return i == 0 ? 1 : Math.clamp(PIECES_PER_DECADE * Math.log10(1 + steps) - (i - 1), 0, 1);
  }
}
