package dev.glissade;

/// An [Objective] that can also tell how good a result of its optimisation is on what the
/// optimisation did not see.
///
/// Runs on such objectives are scored twice where optimizers are compared: by the loss that they
/// came down to, and by this.
public interface HeldOut extends Objective {

  /// The loss of a result on what was held out, in the unit of the objective's own.
  ///
  /// @param parameters θ at the end of a run, `float[N]`, only read; maybe not finite
  /// @return the loss; NaN or infinite where there is none
  double heldOutLoss(float[] parameters);
}
