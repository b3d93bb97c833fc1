package dev.glissade.app.report;

import dev.glissade.app.report.ComparisonReport.Line;
import dev.glissade.app.terminal.Console;
import dev.glissade.app.terminal.Numbers;
import dev.glissade.app.terminal.Table.Column;
import dev.glissade.app.terminal.Table;

/// A comparison for people: the ranking and what it means.
public final class ComparisonTable {

  private ComparisonTable() {}

  public static void print(Console console, ComparisonReport report) {
    console.print(
        "@|bold %s|@: mean loss over %s TEST instances after %s steps"
            .formatted(
                report.problem(),
                Numbers.count(report.instances()),
                Numbers.count(report.steps())));
    console.print("");
    Table table =
        new Table(
            Column.text("optimizer"),
            Column.number("final loss", 0),
            Column.text("95 % interval", 2),
            Column.number("median", 6),
            Column.number("sum", 5),
            Column.number("steps to baseline", 4),
            Column.number("diverged", 1),
            Column.number("µs/step", 7),
            Column.number("rate", 3));
    for (Line line : report.ranking()) {
      boolean best = line.name().equals(report.best());
      table.addStyled(
          best ? "bold,green" : "",
          (best ? "* " : "  ") + line.name(),
          Numbers.loss(line.last().mean()),
          interval(line),
          Numbers.loss(line.last().median()),
          Numbers.loss(line.sum()),
          line.stepsToBestBaseline().isPresent()
              ? Integer.toString(line.stepsToBestBaseline().getAsInt())
              : "never",
          line.diverged() == 0 ? "–" : Integer.toString(line.diverged()),
          Numbers.digits(line.microsPerStep(), 2),
          rate(line));
    }
    table.print(console);
  }

  private static String interval(Line line) {
    double[] interval = line.last().ci95();
    return Double.isFinite(interval[0])
        ? Numbers.digits(interval[0], 3) + " … " + Numbers.digits(interval[1], 3)
        : "–";
  }

  private static String rate(Line line) {
    String rate = line.settings().get("learningRate");
    return rate == null ? "learned" : Numbers.digits(Double.parseDouble(rate), 2);
  }
}
