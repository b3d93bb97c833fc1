package dev.glissade.learned;

import java.util.Arrays;

/// The hyperbolic tangent between a network's output and its update: `update = s·tanh(output)`, so
/// that no update is larger than s.
///
/// Reference: K. Lv, S. Jiang, J. Li, *Learning gradient descent: better generalization and longer
/// horizons*, ICML 2017, section 4.2 (RNNprop).
///
/// @param scale s
record Squashing(float scale) {

  /// Turns outputs into updates, in place.
  void apply(float[] outputs) {
    for (int n = 0; n < outputs.length; n++) {
      outputs[n] = scale * (float) Math.tanh(outputs[n]);
    }
  }

  /// Turns slopes that belong to updates into such that belong to outputs: as an [Unroll] has them,
  /// so that the derivative by the output of step t is again a suffix sum.
  ///
  /// @param outputs of the network in each step, `float[T][N]`
  /// @param slopes `float[T + 1][N]`, of which the first is not used; changed
  /// @param multipliers of the slopes, `float[T + 1]`
  /// @return those of the changed slopes
  float[] throughSquashing(float[][] outputs, float[][] slopes, float[] multipliers) {
    for (int n = 0; n < slopes[0].length; n++) {
      float byUpdate = 0;
      float later = 0; // by the output of the step after
      for (int t = outputs.length - 1; t >= 0; t--) {
        byUpdate += multipliers[t + 1] * slopes[t + 1][n];
        float byOutput = byUpdate * slope(outputs[t][n]);
        slopes[t + 1][n] = byOutput - later;
        later = byOutput;
      }
    }
    float[] ones = new float[multipliers.length];
    Arrays.fill(ones, 1);
    return ones;
  }

  private float slope(float output) {
    float tanh = (float) Math.tanh(output);
    return scale * (1 - tanh * tanh);
  }
}
