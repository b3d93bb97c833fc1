package dev.glissade.internal.kernel;

/// The preprocessing of a gradient, one coordinate at a time.
final class Preprocess {

  private Preprocess() {}

  /// Writes the inputs of the network.
  ///
  /// @param p as in [LstmShape#logSign]
  /// @param x `float[I]`
  static void forward(float p, float gradient, float[] x) {
    if (p == 0) {
      x[0] = gradient;
    } else if (isLarge(p, gradient)) {
      x[0] = (float) (Math.log(Math.abs(gradient)) / p);
      x[1] = Math.signum(gradient);
    } else {
      x[0] = -1;
      x[1] = (float) (Math.exp(p) * gradient);
    }
  }

  /// The derivative by the gradient, from those by the inputs; `dx1` counts only where I = 2.
  static float backward(float p, float gradient, float dx0, float dx1) {
    if (p == 0) {
      return dx0;
    } else if (isLarge(p, gradient)) {
      return dx0 / (p * gradient);
    } else {
      return (float) (Math.exp(p) * dx1);
    }
  }

  private static boolean isLarge(float p, float gradient) {
    return Math.abs(gradient) >= threshold(p);
  }

  /// e⁻ᵖ, from where on the logarithm is taken.
  static float threshold(float p) {
    return (float) Math.exp(-p);
  }
}
