package dev.glissade.evaluation;

import dev.glissade.LearningCurve;

/// The learning curves of one optimizer on all instances of an [Evaluation].
///
/// @param curves one for each instance, all of the same length
/// @param microsPerStep the median over the instances of the time for one step, the evaluation of
///   the objective included, in microseconds
public record Runs(LearningCurve[] curves, double microsPerStep) {

  private static final double LEAST = 1e-12;

  /// The mean loss over the instances at step 0 … steps; not finite where an instance's is not.
  public double[] meanCurve() {
    double[] mean = new double[curves[0].steps() + 1];
    for (int t = 0; t < mean.length; t++) {
      mean[t] = Statistics.mean(losses(t));
    }
    return mean;
  }

  /// The loss of each instance after the last step.
  public double[] finalLosses() {
    return losses(curves[0].steps());
  }

  private double[] losses(int step) {
    double[] losses = new double[curves.length];
    for (int i = 0; i < losses.length; i++) {
      losses[i] = curves[i].loss(step);
    }
    return losses;
  }

  /// The mean loss after the last step; +∞ if any instance diverged.
  public double score() {
    double mean = Statistics.mean(finalLosses());
    return Double.isFinite(mean) ? mean : Double.POSITIVE_INFINITY;
  }

  /// The geometric mean of the losses after the last tenth of the steps, which no single minibatch
  /// decides; +∞ if any instance diverged. Losses below 10⁻¹² count as this.
  public double geometricScore() {
    int steps = curves[0].steps();
    int first = steps - steps / 10;
    double sum = 0;
    for (int t = first; t <= steps; t++) {
      for (double loss : losses(t)) {
        sum += Math.log(Math.max(LEAST, loss));
      }
    }
    double mean = sum / ((steps - first + 1) * curves.length);
    return Double.isFinite(mean) ? Math.exp(mean) : Double.POSITIVE_INFINITY;
  }

  /// How many instances ended at a loss that is NaN or infinite.
  public int diverged() {
    int count = 0;
    for (LearningCurve curve : curves) {
      count += curve.diverged() ? 1 : 0;
    }
    return count;
  }
}
