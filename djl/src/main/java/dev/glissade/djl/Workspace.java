package dev.glissade.djl;

/// The arrays in which a step is made.
///
/// @param parameters θ, `float[N]`
/// @param gradient ∇f, `float[N]`
/// @param update `float[N]`
@SuppressWarnings("ArrayRecordComponent") // live: overwritten by every step
record Workspace(float[] parameters, float[] gradient, float[] update) {

  static Workspace of(int size) {
    return new Workspace(new float[size], new float[size], new float[size]);
  }
}
