package dev.glissade.app.report;

import dev.glissade.app.report.ComparisonReport.Line;
import dev.glissade.app.report.HtmlTable.Column;
import dev.glissade.app.report.HtmlTable.Kind;
import java.util.List;

/// A comparison as a web page.
public final class ComparisonPage {

  private static final List<Column> COLUMNS =
      List.of(
          new Column("optimizer", Kind.NUMBER),
          new Column("final loss", Kind.NUMBER),
          new Column("95 % interval", Kind.NUMBER),
          new Column("median", Kind.NUMBER),
          new Column("sum over steps", Kind.NUMBER),
          new Column("steps to best baseline", Kind.NUMBER),
          new Column("diverged", Kind.NUMBER),
          new Column("settings", Kind.TEXT));

  private ComparisonPage() {}

  /// The page.
  ///
  /// @param verdict what it comes to, one sentence
  /// @param svg the picture of the curves
  public static String write(ComparisonReport report, String verdict, String svg) {
    HtmlTable table = new HtmlTable(COLUMNS);
    for (Line line : report.ranking()) {
      table.add(line.name().equals(report.best()), cells(line));
    }
    return new Page(
            report.problem(),
            List.of(verdict),
            List.of(svg),
            table,
            howMade(report, "") + " Made by Glissade.")
        .html();
  }

  private static List<String> cells(Line line) {
    return List.of(
        line.name(),
        Page.number(line.last().mean()),
        interval(line),
        Page.number(line.last().median()),
        Page.number(line.sum()),
        stepsToBestBaseline(line),
        Integer.toString(line.diverged()),
        settings(line));
  }

  static String interval(Line line) {
    double[] ci95 = line.last().ci95();
    return Double.isFinite(ci95[0]) ? Page.number(ci95[0]) + " … " + Page.number(ci95[1]) : "–";
  }

  static String stepsToBestBaseline(Line line) {
    return line.stepsToBestBaseline().isPresent()
        ? Integer.toString(line.stepsToBestBaseline().getAsInt())
        : "never";
  }

  static String settings(Line line) {
    String settings = line.settings().toString();
    return settings.substring(1, settings.length() - 1);
  }

  /// Sentences for the end of the page.
  ///
  /// @param tuning how many VALIDATION instances, if that is known, with a space after it
  static String howMade(ComparisonReport report, String tuning) {
    return ("Mean loss over %d TEST instances (seed %d), the same for every optimizer, %d steps each."
            + " Learning rates of baselines are tuned on %sVALIDATION instances. Learned optimizers"
            + " ran on the %s kernels.")
        .formatted(report.instances(), report.seed(), report.steps(), tuning, report.kernels());
  }
}
