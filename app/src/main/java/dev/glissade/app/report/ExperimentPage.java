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
  /// @param svgs the pictures
  public static String write(ExperimentReport report, List<String> verdict, List<String> svgs) {
    ExperimentTable figures = ExperimentTable.of(report);
    HtmlTable table =
        new HtmlTable(
            figures.columns().stream()
                .map(c -> new Column(c.title(), c.paper() ? Kind.ASIDE : Kind.NUMBER))
                .toList());
    for (int r = 0; r < figures.rows().size(); r++) {
      table.add(r == figures.best(), figures.rows().get(r));
    }
    return new Page(report.origin().title(), verdict, svgs, table, footer(report)).html();
  }

  private static String footer(ExperimentReport report) {
    ExperimentReport.Origin origin = report.origin();
    String how =
        switch (report) {
          case CurveReport curves -> howMade(curves.comparison(), origin);
          case SweepReport sweep -> howMade(sweep.points().getFirst().comparison(), origin);
          case UpdatesReport updates -> howMade(updates);
        };
    return "%s Made by Glissade %s: %s".formatted(how, origin.glissade(), origin.command());
  }

  private static String howMade(ComparisonReport report, ExperimentReport.Origin origin) {
    return ComparisonPage.howMade(report, origin.tuningInstances() + " ")
        + " The paper's values are read from its figures, good to about 1 %.";
  }

  private static String howMade(UpdatesReport report) {
    return ("Each learned optimizer makes a run on a TEST instance (seed %d); all see its gradients."
            + " Learning rates of baselines are tuned on %d VALIDATION instances. Gradient and update"
            + " are root mean squares over the run, smoothness is the correlation of an update with"
            + " the next; answers are updates, had the gradient of that step been another.")
        .formatted(report.runs().getFirst().seed(), report.origin().tuningInstances());
  }
}
