package dev.glissade.learned;

import dev.glissade.ParameterLayout;

/// The record of T steps of a run: enough to make them again.
///
/// @param layout of θ
/// @param firstStep how many updates were made before the first of the steps
/// @param parameters θ where the first step started, `float[N]`
/// @param losses f at the T + 1 points, `double[T + 1]`
/// @param gradients ∇f at the T + 1 points, `float[T + 1][N]`
@SuppressWarnings("ArrayRecordComponent") // the buffers of a run, used again in its next unroll
public record Trajectory(
    ParameterLayout layout,
    long firstStep,
    float[] parameters,
    double[] losses,
    float[][] gradients) {

  /// The number of steps, T.
  public int steps() {
    return gradients.length - 1;
  }
}
