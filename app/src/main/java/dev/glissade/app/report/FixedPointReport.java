package dev.glissade.app.report;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Shape;
import dev.glissade.app.terminal.Numbers;
import dev.glissade.app.terminal.Table;
import dev.glissade.evaluation.Comparison;
import dev.glissade.evaluation.Comparison.Entry;
import dev.glissade.evaluation.Statistics;
import dev.glissade.evaluation.Statistics.Interval;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/// The result of an experiment on optimizers that are trained by optimizers: how fast each brings a
/// training down, next to a tuned rule and to the first generation.
///
/// @param origin of the result
/// @param problem of trainings, its full name
/// @param steps of each training
/// @param instances how many TEST trainings
/// @param seed of these
/// @param lines one for each optimizer, in the order in which they were run
public record FixedPointReport(
    Origin origin, String problem, int steps, int instances, long seed, List<Line> lines)
    implements ExperimentReport {

  /// The hand-designed rule that ratios are taken to, tuned.
  public static final String REFERENCE = "adam";

  /// The result of one optimizer.
  ///
  /// @param name in tables and plots
  /// @param baseline whether it is hand-designed
  /// @param settings what decides it
  /// @param speed the geometric mean of the meta-loss over steps and trainings
  /// @param toReference the ratio of that to the tuned reference's
  /// @param toStart the ratio to what all generations started as
  /// @param toFirst the ratio to the first generation
  /// @param last the mean of the meta-losses after the last step
  /// @param heldOut the mean loss of what came out on unseen objectives
  /// @param curve the geometric mean of the meta-loss over trainings, at step 0 … steps
  public record Line(
      String name,
      boolean baseline,
      Map<String, String> settings,
      double speed,
      Ratio toReference,
      Ratio toStart,
      Ratio toFirst,
      double last,
      double heldOut,
      List<Double> curve) {}

  /// A ratio of geometric means over the same trainings.
  ///
  /// @param mean below 1 where the first comes down faster
  /// @param ci95 its 95 % confidence interval, by Student's t of the paired logarithms
  public record Ratio(double mean, @JsonFormat(shape = Shape.ARRAY) Interval ci95) {

    static Ratio of(double[] a, double[] b) {
      double[] logarithms =
          IntStream.range(0, a.length).mapToDouble(i -> Math.log(a[i] / b[i])).toArray();
      Interval interval = Statistics.student95(logarithms);
      return new Ratio(
          Math.exp(Statistics.mean(logarithms)),
          new Interval(Math.exp(interval.low()), Math.exp(interval.high())));
    }

    /// Whether the ratio is below 1, and not by chance.
    public boolean below() {
      return ci95.high() < 1;
    }

    /// The ratio as text, such as `0.989 [0.980, 0.998]`.
    String text() {
      return String.format(Locale.ROOT, "%.3f [%.3f, %.3f]", mean, ci95.low(), ci95.high());
    }
  }

  public FixedPointReport {
    lines = List.copyOf(lines);
  }

  /// The report of a comparison.
  ///
  /// @param start the name of what all generations started as
  /// @param first the name of the first generation
  public static FixedPointReport of(
      Origin origin, String start, String first, Comparison comparison) {
    double[] starts = means(comparison, start);
    double[] references = means(comparison, REFERENCE);
    double[] firsts = means(comparison, first);
    return new FixedPointReport(
        origin,
        comparison.evaluation().problem().name(),
        comparison.evaluation().steps(),
        comparison.evaluation().instances(),
        comparison.evaluation().seed(),
        comparison.entries().stream()
            .map(entry -> line(entry, references, starts, firsts))
            .toList());
  }

  private static Line line(Entry entry, double[] references, double[] starts, double[] firsts) {
    double[] means = entry.geometricMeans();
    return new Line(
        entry.name(),
        entry.baseline(),
        ComparisonReport.settings(entry.contender()),
        geometricMean(means),
        Ratio.of(means, references),
        Ratio.of(means, starts),
        Ratio.of(means, firsts),
        entry.mean(),
        Statistics.mean(entry.heldOutLosses()),
        DoubleStream.of(entry.geometricCurve()).boxed().toList());
  }

  private static double[] means(Comparison comparison, String name) {
    return comparison.entries().stream()
        .filter(entry -> entry.name().equals(name))
        .findFirst()
        .orElseThrow()
        .geometricMeans();
  }

  private static double geometricMean(double[] values) {
    return Math.exp(DoubleStream.of(values).map(Math::log).average().orElseThrow());
  }

  /// The result of the optimizer of that name, which must be one of the report's.
  public Line line(String name) {
    return lines.stream().filter(line -> line.name.equals(name)).findFirst().orElseThrow();
  }

  private List<Line> learned() {
    return lines.stream().filter(line -> !line.baseline).toList();
  }

  /// The sentences on what the generations gain, and whether they still change.
  @Override
  public List<String> verdict() {
    List<Line> learned = learned();
    Line first = learned.getFirst();
    double spread =
        learned.stream().mapToDouble(line -> Math.abs(line.toFirst.mean - 1)).max().orElseThrow();
    double least = learned.stream().mapToDouble(line -> line.toStart.mean).max().orElseThrow();
    Line last = learned.getLast();
    return List.of(
        ("All come down at least %s %% lower than the rule that they started as; none is farther"
                + " than %s %% from %s.")
            .formatted(
                Numbers.digits(100 * (1 - least), 3), Numbers.digits(100 * spread, 2), first.name),
        "%s is %s of tuned %s, %s is %s."
            .formatted(
                first.name,
                first.toReference.text(),
                REFERENCE,
                last.name,
                last.toReference.text()));
  }

  @Override
  public String caption() {
    return "geometric mean of the meta-loss over %s steps of %s TEST trainings"
        .formatted(Numbers.count(steps), Numbers.count(instances));
  }

  @Override
  public Table table() {
    return new Columns<>(lines)
        .text("optimizer", 0, Line::name)
        .number("meta-loss", 0, line -> Numbers.loss(line.speed))
        .text("to tuned " + REFERENCE, 0, line -> line.toReference.text())
        .text("to start", 1, line -> line.toStart.text())
        .text("to generation 1", 2, line -> line.toFirst.text())
        .number("at the end", 3, line -> Numbers.loss(line.last))
        .number("held out", 4, line -> Numbers.loss(line.heldOut))
        .number("rate", 5, line -> rate(line))
        .table(line -> !line.baseline);
  }

  private static String rate(Line line) {
    String rate = line.settings.get("learningRate");
    return rate == null ? "–" : Numbers.digits(Double.parseDouble(rate), 3);
  }

  @Override
  public List<Figure> figures() {
    return List.of(
        new Figure("generations", barsCsv(), () -> FixedPointChart.bars(this)),
        new Figure("curves", curvesCsv(), () -> FixedPointChart.curves(this)));
  }

  private String barsCsv() {
    Csv csv = new Csv("optimizer", "metaLoss", "toReference", "low", "high");
    for (Line line : lines) {
      Ratio ratio = line.toReference;
      csv.row(line.name, line.speed, ratio.mean, ratio.ci95.low(), ratio.ci95.high());
    }
    return csv.text();
  }

  private String curvesCsv() {
    return CurvesCsv.write(
        lines.stream().map(Line::name).toList(), lines.stream().map(Line::curve).toList());
  }

  @Override
  public String howMeasured() {
    return ("Geometric means of the meta-loss over steps 1 … %s of %s TEST trainings (seed %s) of"
            + " %s, the same for every optimizer; learning rates of baselines are tuned for it on"
            + " %s VALIDATION trainings. Intervals are Student's, of the paired logarithms. What is"
            + " held out are objectives that no training saw.")
        .formatted(steps, instances, seed, problem, origin.tuningInstances());
  }
}
