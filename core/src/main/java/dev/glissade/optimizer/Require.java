package dev.glissade.optimizer;

/// Checks of settings, with the name and the value in the message.
final class Require {

  private Require() {}

  /// Fails unless a setting is positive, 0 < `value` < ∞, also once it is rounded to a float.
  static void positive(String name, double value) {
    if (!(value > 0)) {
      throw new IllegalArgumentException("%s must be > 0, got %s".formatted(name, value));
    }
    if ((float) value == 0 || Float.isInfinite((float) value)) {
      throw new IllegalArgumentException(
          "%s must be between 1e-45 and 3e38, got %s".formatted(name, value));
    }
  }

  /// Fails unless a setting is a fraction, 0 ≤ `value` < 1.
  static void fraction(String name, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException("%s must be >= 0 and < 1, got %s".formatted(name, value));
    }
  }
}
