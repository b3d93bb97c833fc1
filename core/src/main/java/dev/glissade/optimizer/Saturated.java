package dev.glissade.optimizer;

/// Arithmetic at the ends of float's range: what would be infinite counts as the largest float, so
/// that a state stays finite and goes on with gradients that are ordinary again. Ordinary numbers
/// keep their bits.
final class Saturated {

  /// Squares of gradients up to this size, and sums of hundreds of them, are finite.
  private static final float LARGEST_SQUARED = 1e18f;

  private Saturated() {}

  /// The finite float next to a value.
  static float of(float value) {
    return Math.min(Math.max(value, -Float.MAX_VALUE), Float.MAX_VALUE);
  }

  /// A gradient that is to be squared.
  static float gradient(float gradient) {
    return Math.min(Math.max(gradient, -LARGEST_SQUARED), LARGEST_SQUARED);
  }
}
