package dev.glissade.learned;

/// Checks of weights φ.
final class Weights {

  private Weights() {}

  /// Fails unless weights are as many as they should be, and finite.
  ///
  /// Kernels may turn what is not finite into ordinary numbers, so nothing later would tell.
  ///
  /// @param what has them, for the message
  static void require(String what, int size, float[] weights) {
    if (weights.length != size) {
      throw new IllegalArgumentException(
          "%s has %s weights, got %s".formatted(what, size, weights.length));
    }
    for (int i = 0; i < size; i++) {
      if (!Float.isFinite(weights[i])) {
        throw new IllegalArgumentException(
            "%s must have finite weights, got %s at %s".formatted(what, weights[i], i));
      }
    }
  }
}
