package dev.glissade.evaluation;

import dev.glissade.LearningCurve;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// The learning curves of one optimizer on all instances of an [Evaluation].
///
/// @param curves one for each instance, at least one, all of the same length
/// @param microsPerStep the time for one step, the evaluation of the objective included, in
///   microseconds: the median over the runs that began when 10,000 steps had been made or 5 seconds
///   had passed, so that it is not that of a JVM that warms up; empty if no run did
/// @param heldOut for each run the loss of its result on what was held out; NaN where the objective
///   is no [dev.glissade.HeldOut]
public record Runs(List<LearningCurve> curves, OptionalDouble microsPerStep, List<Double> heldOut) {

  public Runs {
    curves = List.copyOf(curves);
    heldOut = List.copyOf(heldOut);
    if (curves.stream().map(LearningCurve::steps).distinct().count() != 1) {
      throw new IllegalArgumentException(
          "runs must be at least one, all of the same length, got lengths "
              + curves.stream().map(LearningCurve::steps).toList());
    }
  }

  /// Runs on objectives that hold nothing out.
  public Runs(List<LearningCurve> curves, OptionalDouble microsPerStep) {
    this(curves, microsPerStep, Collections.nCopies(curves.size(), Double.NaN));
  }

  /// The number of steps of each run.
  public int steps() {
    return curves.getFirst().steps();
  }

  /// The mean loss over the instances at step 0 … steps, a new array; not finite where an
  /// instance's is not.
  public double[] meanCurve() {
    double[] mean = new double[steps() + 1];
    for (int t = 0; t < mean.length; t++) {
      mean[t] = Statistics.mean(losses(t));
    }
    return mean;
  }

  /// The geometric mean of the losses over the instances at step 0 … steps, a new array. Losses
  /// below [LearningCurve#LEAST] count as this.
  public double[] geometricCurve() {
    double[] mean = new double[steps() + 1];
    for (int t = 0; t < mean.length; t++) {
      double[] logarithms = losses(t);
      for (int i = 0; i < logarithms.length; i++) {
        logarithms[i] = Math.log(Math.max(LearningCurve.LEAST, logarithms[i]));
      }
      mean[t] = Math.exp(Statistics.mean(logarithms));
    }
    return mean;
  }

  /// The loss of each instance after the last step, a new array.
  public double[] finalLosses() {
    return losses(steps());
  }

  /// The loss of each instance at a step, a new array.
  ///
  /// @param step 0 … steps
  public double[] losses(int step) {
    return curves.stream().mapToDouble(curve -> curve.loss(step)).toArray();
  }

  /// The mean loss after the last step; +∞ if any run got stuck.
  public double score() {
    return score(Span.END);
  }

  /// The mean loss after the last step, or over all steps; +∞ if any run got stuck.
  public double score(Span span) {
    int first = span == Span.END ? steps() : 1;
    double mean =
        IntStream.rangeClosed(Math.min(first, steps()), steps())
            .mapToDouble(t -> Statistics.mean(losses(t)))
            .average()
            .orElseThrow();
    return stuck() == 0 && Double.isFinite(mean) ? mean : Double.POSITIVE_INFINITY;
  }

  /// The mean loss of each instance after the last tenth of the steps, the last one at least, a new
  /// array.
  public double[] lateLosses() {
    int first = Math.min(steps(), steps() - steps() / 10 + 1);
    return curves.stream()
        .mapToDouble(curve ->
            IntStream.rangeClosed(first, steps()).mapToDouble(curve::loss).average().orElseThrow())
        .toArray();
  }

  /// The mean loss after the last tenth of the steps; +∞ if any run got stuck.
  double lateScore() {
    double mean = Statistics.mean(lateLosses());
    return stuck() == 0 && Double.isFinite(mean) ? mean : Double.POSITIVE_INFINITY;
  }

  /// The geometric mean of the losses after the last tenth of the steps, which no single minibatch
  /// decides, or over all steps; +∞ if any run got stuck. Losses below [LearningCurve#LEAST] count
  /// as this.
  public double geometricScore(Span span) {
    int first = span == Span.END ? steps() - steps() / 10 : Math.min(1, steps());
    double sum = 0;
    for (int t = first; t <= steps(); t++) {
      for (double loss : losses(t)) {
        sum += Math.log(Math.max(LearningCurve.LEAST, loss));
      }
    }
    double mean = sum / ((steps() - first + 1) * (double) curves.size());
    return stuck() == 0 && Double.isFinite(mean) ? Math.exp(mean) : Double.POSITIVE_INFINITY;
  }

  /// The geometric mean of the losses of each run over its steps, the first point aside, a new
  /// array: how fast it came down, in one number. Losses below [LearningCurve#LEAST] count as this.
  public double[] geometricMeans() {
    return curves.stream().mapToDouble(Runs::geometricMean).toArray();
  }

  private static double geometricMean(LearningCurve curve) {
    double sum = 0;
    for (int t = 1; t <= curve.steps(); t++) {
      sum += Math.log(Math.max(LearningCurve.LEAST, curve.loss(t)));
    }
    return Math.exp(sum / curve.steps());
  }

  /// How many runs ended where no step can be made, as [LearningCurve#stuck] says. Their final loss
  /// may be finite, and says nothing.
  public int stuck() {
    return count(LearningCurve::stuck);
  }

  /// How many runs came to nothing, as [LearningCurve#diverged] says: got stuck, or ended above
  /// their start.
  public int diverged() {
    return count(LearningCurve::diverged);
  }

  private int count(Predicate<LearningCurve> property) {
    return (int) curves.stream().filter(property).count();
  }

  /// How often guards stepped in, in all runs.
  public long interventions() {
    return curves.stream().mapToLong(LearningCurve::interventions).sum();
  }

  /// How many evaluations of all runs gave NaN or infinity, in the loss or in the gradient.
  public long nonFiniteCount() {
    return curves.stream().mapToLong(LearningCurve::nonFiniteCount).sum();
  }
}
