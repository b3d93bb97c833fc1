package dev.glissade.internal.kernel;

import org.jspecify.annotations.Nullable;

/// The plain reference.
public record ScalarLstmKernels(LstmShape shape) implements LstmKernels {

  @Override
  public String implementationName() {
    return "scalar";
  }

  @Override
  public void forward(float[] gradient, LstmState state, float[] update) {}

  @Override
  public void backward(
      LstmState start,
      float[][] gradients,
      float[] multipliers,
      int[] coordinates,
      float[] weightGradient,
      @Nullable LstmState stateGradient,
      float @Nullable [] gradientGradient) {}
}
