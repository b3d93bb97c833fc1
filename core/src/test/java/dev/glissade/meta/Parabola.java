package dev.glissade.meta;

import dev.glissade.ParameterLayout;
import dev.glissade.TwiceDifferentiable;

/// f(x) = ½·curvature·x², one parameter.
record Parabola(double curvature, float start) implements TwiceDifferentiable {

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
