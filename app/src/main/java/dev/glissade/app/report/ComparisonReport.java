package dev.glissade.app.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.glissade.app.terminal.Numbers;
import dev.glissade.app.terminal.Table;
import dev.glissade.evaluation.Comparison;
import dev.glissade.evaluation.Comparison.Entry;
import dev.glissade.evaluation.Statistics;
import dev.glissade.evaluation.Statistics.Interval;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// The result of a comparison as data: what tables, pictures and pages are made from, and what the
/// JSON file holds.
///
/// @param problem its full name
/// @param steps of each run
/// @param instances of the problem
/// @param seed of the instances
/// @param kernels which kernels learned optimizers ran on
/// @param optimizers in the order in which they were named
/// @param best the name of the one with the lowest mean final loss
public record ComparisonReport(
    String problem,
    int steps,
    int instances,
    long seed,
    String kernels,
    List<Line> optimizers,
    String best)
    implements Result {

  /// One optimizer.
  ///
  /// @param name in tables and plots
  /// @param baseline whether it is hand-designed
  /// @param settings what decides it
  /// @param curve the mean loss at step 0 … steps
  /// @param sum of the curve from step 1 on
  /// @param last the losses after the last step
  /// @param diverged how many instances ended at NaN or infinity
  /// @param stepsToBestBaseline the first step at which the curve is at or below the final mean of
  ///   the best baseline
  /// @param differenceToBestBaseline how far the final losses are from those of the best baseline;
  ///   empty for itself
  /// @param microsPerStep time for one step, the objective included
  public record Line(
      String name,
      boolean baseline,
      Map<String, String> settings,
      double[] curve,
      double sum,
      @JsonProperty("final") Final last,
      int diverged,
      OptionalInt stepsToBestBaseline,
      Optional<Difference> differenceToBestBaseline,
      double microsPerStep) {

    /// The lowest losses first, diverged ones last.
    public static final Comparator<Line> BY_FINAL_MEAN =
        Comparator.comparingDouble(
            line -> Double.isFinite(line.last.mean) ? line.last.mean : Double.POSITIVE_INFINITY);
  }

  /// A summary of the final losses.
  ///
  /// @param mean over the instances
  /// @param ci95 the 95 % confidence interval of the mean, low and high
  /// @param median over the instances
  public record Final(double mean, double[] ci95, double median) {}

  /// A mean difference of losses on the same instances.
  ///
  /// @param mean below 0 where the losses are lower than those they are compared with
  /// @param ci95 its 95 % confidence interval, low and high; NaN for a single instance
  /// @param percent the mean, in per cent of the mean loss that is compared with; NaN where that is
  ///   not > 0
  /// @param percentCi95 the interval, likewise
  public record Difference(double mean, double[] ci95, double percent, double[] percentCi95) {

    /// Of an interval around it.
    ///
    /// @param reference the mean loss that is compared with
    static Difference of(double mean, Interval interval, double reference) {
      double unit = reference > 0 ? 100 / reference : Double.NaN;
      double low = interval.low();
      double high = interval.high();
      return new Difference(
          mean, new double[] {low, high}, unit * mean, new double[] {unit * low, unit * high});
    }

    /// Whether the losses are lower, and not by chance.
    public boolean below() {
      return ci95[1] < 0;
    }

    /// Whether the losses are higher, and not by chance, or have diverged.
    public boolean above() {
      return ci95[0] > 0 || !Double.isFinite(mean);
    }
  }

  /// The report of a comparison.
  public static ComparisonReport of(Comparison comparison, String kernels) {
    return new ComparisonReport(
        comparison.evaluation().problem().name(),
        comparison.evaluation().steps(),
        comparison.evaluation().instances(),
        comparison.evaluation().seed(),
        kernels,
        comparison.entries().stream().map(entry -> line(comparison, entry)).toList(),
        comparison.best().name());
  }

  private static Line line(Comparison comparison, Entry entry) {
    double[] interval = {entry.interval().low(), entry.interval().high()};
    return new Line(
        entry.name(),
        entry.contender().baseline(),
        entry.contender().settings(),
        entry.curve(),
        entry.sum(),
        new Final(entry.mean(), interval, entry.median()),
        entry.diverged(),
        comparison.stepsToBestBaseline(entry),
        comparison
            .bestBaseline()
            .filter(b -> !b.name().equals(entry.name()))
            .map(b -> difference(entry, b)),
        entry.microsPerStep());
  }

  private static Difference difference(Entry entry, Entry baseline) {
    return Difference.of(
        entry.mean() - baseline.mean(),
        Statistics.pairedDifference95(entry.finalLosses(), baseline.finalLosses()),
        baseline.mean());
  }

  @Override
  public String name() {
    return "comparison";
  }

  @Override
  public String title() {
    return problem;
  }

  @Override
  public String caption() {
    return "mean loss over %s TEST instances after %s steps"
        .formatted(Numbers.count(instances), Numbers.count(steps));
  }

  @Override
  public List<String> verdict() {
    return Verdict.of(this).stream().toList();
  }

  @Override
  public Table table() {
    return ComparisonTable.of(this);
  }

  @Override
  public List<Figure> figures() {
    return List.of(new Figure("curves", CurvesCsv.write(this), () -> CurvesChart.of(this)));
  }

  @Override
  public String howMade() {
    return howMeasured("") + " Made by Glissade.";
  }

  /// Sentences on how it was measured.
  ///
  /// @param tuning how many VALIDATION instances, if that is known, with a space after it
  String howMeasured(String tuning) {
    return ("Mean loss over %d TEST instances (seed %d), the same for every optimizer, %d steps"
                + " each. Learning rates of baselines are tuned on %sVALIDATION instances. Learned"
                + " optimizers ran on the %s kernels.")
        .formatted(instances, seed, steps, tuning, kernels);
  }

  /// Sentences on how it was measured for an experiment.
  String howMeasured(ExperimentReport.Origin origin) {
    return howMeasured(origin.tuningInstances() + " ")
        + " The paper's values are read from its figures, good to about 1 %.";
  }

  /// The result of the optimizer of that name.
  public Line line(String name) {
    return optimizers.stream().filter(line -> line.name().equals(name)).findFirst().orElseThrow();
  }

  /// The optimizers, the lowest final mean first.
  public List<Line> ranking() {
    return optimizers.stream().sorted(Line.BY_FINAL_MEAN).toList();
  }

  /// The baseline with the lowest final mean, if there is one that did not diverge.
  public Optional<Line> bestBaseline() {
    return ranking().stream().filter(Line::baseline).findFirst().filter(ComparisonReport::isFinite);
  }

  /// The learned optimizer with the lowest final mean, if there is one that did not diverge.
  public Optional<Line> bestLearned() {
    return ranking().stream()
        .filter(line -> !line.baseline())
        .findFirst()
        .filter(ComparisonReport::isFinite);
  }

  private static boolean isFinite(Line line) {
    return Double.isFinite(line.last.mean);
  }
}
