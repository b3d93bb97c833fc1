package dev.glissade.app.report;

import dev.glissade.app.report.HtmlTable.Column;
import dev.glissade.app.report.HtmlTable.Kind;
import java.util.List;

/// An experiment as a web page.
public final class ExperimentPage {

  private ExperimentPage() {}

  /// The page.
  ///
  /// @param verdict what it comes to, sentence by sentence
  /// @param svg the picture
  public static String write(ExperimentReport report, List<String> verdict, String svg) {
    ExperimentTable figures = ExperimentTable.of(report);
    HtmlTable table =
        new HtmlTable(
            figures.columns().stream()
                .map(c -> new Column(c.title(), c.paper() ? Kind.ASIDE : Kind.NUMBER))
                .toList());
    for (int r = 0; r < figures.rows().size(); r++) {
      table.add(r == figures.best(), figures.rows().get(r));
    }
    return new Page(report.origin().title(), verdict, svg, table, footer(report)).html();
  }

  private static String footer(ExperimentReport report) {
    ExperimentReport.Origin origin = report.origin();
    return "%s The paper's values are read from its figures, good to about 1 %%. Made by Glissade %s: %s"
        .formatted(
            ComparisonPage.howMade(comparison(report), origin.tuningInstances() + " "),
            origin.glissade(),
            origin.command());
  }

  private static ComparisonReport comparison(ExperimentReport report) {
    return switch (report) {
      case CurveReport curves -> curves.comparison();
      case SweepReport sweep -> sweep.points().getFirst().comparison();
    };
  }
}
