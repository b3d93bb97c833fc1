package dev.glissade.internal.kernel;

/// The log/sign preprocessing of a gradient, one coordinate at a time.
final class Preprocess {

  private Preprocess() {}

  /// Writes the inputs of the network.
  ///
  /// @param p as in [LstmShape#logSign], > 0
  /// @param x `float[2]`
  static void forward(float p, float gradient, float[] x) {
    if (isLarge(p, gradient)) {
      x[0] = (float) (Math.log(Math.abs(gradient)) / p);
      x[1] = Math.signum(gradient);
    } else {
      x[0] = -1;
      x[1] = (float) (Math.exp(p) * gradient);
    }
  }

  /// The derivative by the gradient, from those by the inputs.
  static float backward(float p, float gradient, float dx0, float dx1) {
    if (isLarge(p, gradient)) {
      return dx0 / (p * gradient);
    } else {
      return (float) (Math.exp(p) * dx1);
    }
  }

  private static boolean isLarge(float p, float gradient) {
    return Math.abs(gradient) >= threshold(p);
  }

  /// The threshold e⁻ᵖ, from where on the logarithm is taken.
  static float threshold(float p) {
    return (float) Math.exp(-p);
  }
}
