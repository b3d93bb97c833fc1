package dev.glissade.app.report;

import dev.glissade.app.report.ComparisonReport.Final;
import dev.glissade.app.report.ComparisonReport.Line;
import dev.glissade.app.terminal.Numbers;
import dev.glissade.app.terminal.Table;
import dev.glissade.evaluation.RateSource;
import dev.glissade.evaluation.Statistics.Interval;
import java.util.Optional;

/// A table of a comparison: the ranking, and what each optimizer came to.
final class ComparisonTable {

  private ComparisonTable() {}

  /// Builds the table. On a narrow terminal times go first, then medians, sums, and so on; names
  /// and final losses stay.
  static Table of(ComparisonReport report) {
    Columns<Line> columns = new Columns<>(report.ranking());
    columns
        .text("optimizer", 0, Line::name)
        .number("final loss", 0, line -> Numbers.loss(line.last().mean()))
        .text("95 % interval", 2, line -> interval(line.last()))
        .number("median", 6, line -> Numbers.loss(line.last().median()))
        .number("sum", 5, line -> Numbers.loss(line.sum()))
        .number("steps to baseline", 4, ComparisonTable::stepsToBestBaseline)
        .number("time to it", 8, ComparisonTable::timeToBestBaseline)
        .number("diverged", 1, ComparisonTable::diverged)
        .number("µs/step", 7, ComparisonTable::microsPerStep)
        .number("rate", 3, ComparisonTable::rate)
        .detail("settings", ComparisonTable::settings);
    if (report.optimizers().stream().anyMatch(line -> line.interventions() > 0)) {
      columns.number(
          "stepped in", 4, line -> line.interventions() == 0 ? "–" : "" + line.interventions());
    }
    if (report.optimizers().stream().anyMatch(line -> line.heldOut().isPresent())) {
      columns.number(
          "held out", 1, line -> line.heldOut().map(it -> Numbers.loss(it.mean())).orElse("–"));
    }
    return columns.table(line -> line.name().equals(report.best()));
  }

  /// The number of runs that diverged; a dash if none did.
  static String diverged(Line line) {
    return line.diverged() == 0 ? "–" : "" + line.diverged();
  }

  /// The 95 % interval of the mean of losses; a dash where runs diverged.
  static String interval(Final losses) {
    Interval interval = losses.ci95();
    return Double.isFinite(interval.low())
        ? Numbers.digits(interval.low(), 3) + " … " + Numbers.digits(interval.high(), 3)
        : "–";
  }

  /// The number of steps after which it is where the best baseline ends, or `never`.
  static String stepsToBestBaseline(Line line) {
    return line.stepsToBestBaseline().isPresent()
        ? Integer.toString(line.stepsToBestBaseline().getAsInt())
        : "never";
  }

  /// The time after which it is there, or a dash.
  private static String timeToBestBaseline(Line line) {
    return line.microsToBestBaseline().isPresent()
        ? Numbers.micros(line.microsToBestBaseline().getAsDouble())
        : "–";
  }

  private static String microsPerStep(Line line) {
    return line.microsPerStep().isPresent()
        ? Numbers.digits(line.microsPerStep().getAsDouble(), 2)
        : "–";
  }

  /// The learning rate: a number, that none was found, or that it is learned.
  static String rate(Line line) {
    if (line.rateSource().equals(Optional.of(RateSource.NONE_FOUND))) {
      return "none found";
    }
    String rate = line.settings().get("learningRate");
    return rate == null ? "learned" : Numbers.digits(Double.parseDouble(rate), 2);
  }

  /// The settings as `name=value`, with commas between them.
  private static String settings(Line line) {
    String settings = line.settings().toString();
    return settings.substring(1, settings.length() - 1);
  }
}
