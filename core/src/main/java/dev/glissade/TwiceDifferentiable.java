package dev.glissade;

/// An [Objective] that also offers exact Hessian-vector products.
///
/// They are what the meta-gradient needs when second derivatives are not dropped.
public interface TwiceDifferentiable extends Objective {

  /// Computes H·v, where H = ∇²f(θ).
  ///
  /// @param parameters θ, `float[N]`, only read
  /// @param vector v, `float[N]`, only read
  /// @param product receives H·v, `float[N]`; overwritten; must not be the same array as `vector`
  /// @param draw which minibatch to use, as in [#evaluate]
  void hessianTimes(float[] parameters, long draw, float[] vector, float[] product);
}
