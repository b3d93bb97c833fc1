package dev.glissade;

import java.io.Serial;
import java.io.Serializable;

/// The losses of one run, from step 0 (before the first update) to the last step.
public final class LearningCurve implements Serializable {

  @Serial private static final long serialVersionUID = 1;

  /// The least loss as far as logarithms go: what is below counts as this, because a loss of 0 is
  /// no infinitely good one.
  public static final double LEAST = 1e-12;

  private final double[] losses;
  private final boolean endsFinite;
  private final long nonFiniteCount;
  private final long interventions;

  /// @param losses at step 0 … steps, at least one, used in place
  /// @param endsFinite whether loss and gradient of the last step are finite
  /// @param nonFiniteCount how many evaluations gave NaN or infinity
  /// @param interventions how often a guard stepped in
  LearningCurve(double[] losses, boolean endsFinite, long nonFiniteCount, long interventions) {
    this.losses = losses;
    this.endsFinite = endsFinite;
    this.nonFiniteCount = nonFiniteCount;
    this.interventions = interventions;
  }

  /// A curve that was kept somewhere.
  ///
  /// @param losses at step 0 … steps, at least one, copied
  /// @param endsFinite whether loss and gradient of the last step are finite
  /// @param nonFiniteCount how many evaluations gave NaN or infinity
  /// @param interventions how often a guard stepped in
  public static LearningCurve of(
      double[] losses, boolean endsFinite, long nonFiniteCount, long interventions) {
    if (losses.length == 0) {
      throw new IllegalArgumentException("a curve has at least one loss, got none");
    }
    return new LearningCurve(losses.clone(), endsFinite, nonFiniteCount, interventions);
  }

  /// The number of steps taken.
  public int steps() {
    return losses.length - 1;
  }

  /// The loss after `step` steps, 0 ≤ step ≤ [#steps]; NaN or infinite where f was not defined.
  public double loss(int step) {
    return losses[step];
  }

  /// The loss after the last step.
  public double last() {
    return losses[losses.length - 1];
  }

  /// How often a guard stepped in, as [OptimizerState#interventions] counts it; 0 without one.
  public long interventions() {
    return interventions;
  }

  /// How many evaluations of this run gave NaN or infinity, in the loss or in the gradient.
  public long nonFiniteCount() {
    return nonFiniteCount;
  }

  /// Whether loss and gradient of the last step are finite.
  public boolean endsFinite() {
    return endsFinite;
  }

  /// Whether the run ended at a point from which no step can be made: its loss or its gradient is
  /// NaN or infinite.
  public boolean stuck() {
    return !endsFinite || !Double.isFinite(last());
  }

  /// Whether the run came to nothing: it is [#stuck], or ended at a higher loss than it started.
  public boolean diverged() {
    return stuck() || last() > losses[0];
  }
}
