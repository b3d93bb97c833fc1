package dev.glissade.meta;

import dev.glissade.ParameterLayout;
import dev.glissade.TwiceDifferentiable;

/// f(x) = ½·curvature·x², one parameter.
record Parabola(double curvature, float start) implements TwiceDifferentiable {

  /// The derivative by log a of Σ ½(1 − a)²ᵗ, t = first … last: what gradient descent at the rate a
  /// loses on ½x² from x = 1.
  static double derivativeByLogRate(double rate, int first, int last) {
    double derivative = 0;
    for (int t = first; t <= last; t++) {
      derivative -= t * Math.pow(1 - rate, 2 * t - 1) * rate;
    }
    return derivative;
  }

  @Override
  public ParameterLayout layout() {
    return ParameterLayout.of("x", 1);
  }

  @Override
  public float[] initialParameters() {
    return new float[] {start};
  }

  @Override
  public double evaluate(float[] parameters, long draw, float[] gradient) {
    gradient[0] = (float) (curvature * parameters[0]);
    return 0.5 * curvature * parameters[0] * parameters[0];
  }

  @Override
  public void hessianTimes(float[] parameters, long draw, float[] vector, float[] product) {
    product[0] = (float) (curvature * vector[0]);
  }
}
