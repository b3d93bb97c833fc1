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

  /// Tells what may have to be saturated: not 0 for 2⁶⁴ and more, infinity among them, in sign and
  /// size. A loop that collects this by `|=` stays as fast as without, where one that clamps does
  /// not: so ordinary values pay nothing for those at the ends of the range.
  static int excess(float value) {
    return (int) (value * 0x1p-64f);
  }

  /// Saturates all values of an array.
  static void all(float[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = of(values[i]);
    }
  }

  /// A gradient that is to be squared.
  static float gradient(float gradient) {
    return Math.min(Math.max(gradient, -LARGEST_SQUARED), LARGEST_SQUARED);
  }
}
