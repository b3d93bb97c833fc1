package dev.glissade.learned;

import dev.glissade.ParameterLayout;

/// The learned numbers of a [Hopping] rule. φ has their logarithms.
///
/// @param length of the first trial, relative to that of the waves as it seems to be
/// @param rest the rule is at rest where ‖∇f‖²/curvature is less than this part of what it came
///   down
/// @param newest the weight of the newest curvature in their mean, ≤ 1
record HoppingControl(double length, double rest, double newest) {

  /// The weights by their names.
  static final ParameterLayout LAYOUT = ParameterLayout.of("hopping/log", 3);

  /// Logarithms beyond count as this.
  private static final double LARGEST = 50;

  /// Weights to start from.
  static float[] initialWeights() {
    return new float[] {(float) Math.log(0.8), (float) Math.log(1e-4), (float) Math.log(0.3)};
  }

  /// Reads the weights from where they lie in φ.
  ///
  /// @param offset of the first
  static HoppingControl of(float[] weights, int offset) {
    return new HoppingControl(
        exp(weights[offset]), exp(weights[offset + 1]), Math.min(1, exp(weights[offset + 2])));
  }

  private static double exp(double logarithm) {
    return Math.exp(Math.clamp(logarithm, -LARGEST, LARGEST));
  }
}
