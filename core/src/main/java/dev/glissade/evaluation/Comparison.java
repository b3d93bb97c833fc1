package dev.glissade.evaluation;

import dev.glissade.evaluation.Statistics.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/// Optimizers side by side on the same instances.
///
/// @param evaluation what they were run on
/// @param entries one for each contender, in their order
public record Comparison(Evaluation evaluation, List<Entry> entries) {

  /// How one optimizer did.
  ///
  /// @param contender the optimizer
  /// @param curve the mean loss at step 0 … steps
  /// @param finalLosses the last loss of each instance
  /// @param mean of the final losses
  /// @param interval the 95 % confidence interval of the mean
  /// @param median of the final losses
  /// @param diverged how many instances ended at NaN or infinity
  /// @param microsPerStep time for one step, the objective included
  public record Entry(
      Contender contender,
      double[] curve,
      double[] finalLosses,
      double mean,
      Interval interval,
      double median,
      int diverged,
      double microsPerStep) {

    static Entry of(Contender contender, Runs runs) {
      double[] losses = runs.finalLosses();
      return new Entry(
          contender,
          runs.meanCurve(),
          losses,
          Statistics.mean(losses),
          Statistics.confidence95(losses),
          Statistics.median(losses),
          runs.diverged(),
          runs.microsPerStep());
    }

    /// Name in tables and plots.
    public String name() {
      return contender.name();
    }

    /// The sum of the mean curve over steps 1 … steps.
    public double sum() {
      double sum = 0;
      for (int t = 1; t < curve.length; t++) {
        sum += curve[t];
      }
      return sum;
    }

    /// The first step at which the mean curve is at or below `loss`.
    public OptionalInt stepsTo(double loss) {
      for (int t = 0; t < curve.length; t++) {
        if (curve[t] <= loss) {
          return OptionalInt.of(t);
        }
      }
      return OptionalInt.empty();
    }
  }

  /// Runs all contenders.
  ///
  /// @param progress is told of each entry when it is done
  public static Comparison run(
      Evaluation evaluation, List<Contender> contenders, Consumer<Entry> progress) {
    List<Entry> entries = new ArrayList<>();
    for (Contender contender : contenders) {
      Entry entry = Entry.of(contender, evaluation.run(contender.optimizer()));
      entries.add(entry);
      progress.accept(entry);
    }
    return new Comparison(evaluation, List.copyOf(entries));
  }

  /// The entry with the lowest mean final loss; diverged ones come last.
  public Entry best() {
    return entries.stream().min(byMean()).orElseThrow();
  }

  /// The best of the baselines, if there are any.
  public Optional<Entry> bestBaseline() {
    return entries.stream().filter(e -> e.contender().baseline()).min(byMean());
  }

  /// The first step at which an entry's mean curve is at or below the best baseline's final mean.
  public OptionalInt stepsToBestBaseline(Entry entry) {
    return bestBaseline().map(b -> entry.stepsTo(b.mean())).orElse(OptionalInt.empty());
  }

  private static Comparator<Entry> byMean() {
    return Comparator.comparingDouble(
        e -> Double.isFinite(e.mean()) ? e.mean() : Double.POSITIVE_INFINITY);
  }
}
