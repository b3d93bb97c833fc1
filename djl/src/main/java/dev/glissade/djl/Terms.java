package dev.glissade.djl;

import dev.glissade.internal.Vectors;

/// What DJL's builder does to a gradient before a rule sees it, as DJL says of its own optimizers
/// and in their order. (On PyTorch those of DJL 0.36 forget the lower bound when they clip.)
///
/// ```
/// g ← rescale·g
/// g ← max(−clip, min(clip, g))      if clip ≥ 0
/// g ← g + decay·θ
/// ```
///
/// @param rescale a factor
/// @param clip the largest size of a coordinate; none if negative
/// @param decay the factor of θ
record Terms(float rescale, float clip, float decay) {

  /// Changes a gradient as above.
  ///
  /// @param parameters θ, `float[N]`
  /// @param gradient `float[N]`, changed
  void apply(float[] parameters, float[] gradient) {
    if (rescale != 1) {
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] *= rescale;
      }
    }
    if (clip >= 0) {
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] = Math.clamp(gradient[i], -clip, clip);
      }
    }
    if (decay != 0) {
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] += decay * parameters[i];
      }
    }
  }

  /// The loss whose gradient that is, but for clipping.
  double apply(double loss, float[] parameters) {
    double penalty = decay == 0 ? 0 : decay * Vectors.squares(parameters, 0, parameters.length) / 2;
    return rescale * loss + penalty;
  }
}
