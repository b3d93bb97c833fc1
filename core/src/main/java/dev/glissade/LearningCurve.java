package dev.glissade;

/// The losses of one run, from step 0 (before the first update) to the last step.
public final class LearningCurve {

  private final double[] losses;

  LearningCurve(double[] losses) {
    this.losses = losses;
  }

  /// The number of steps taken.
  public int steps() {
    return losses.length - 1;
  }

  /// The loss after `step` steps, 0 ≤ step ≤ [#steps]; NaN or infinite if the run diverged.
  public double loss(int step) {
    return losses[step];
  }

  /// The loss after the last step.
  public double last() {
    return losses[losses.length - 1];
  }

  /// Whether the run ended at a loss that is NaN or infinite.
  public boolean diverged() {
    return !Double.isFinite(last());
  }
}
