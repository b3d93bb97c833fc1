package dev.glissade.app.report;

import dev.glissade.app.cli.Context;
import dev.glissade.app.terminal.Outputs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The files that a result leaves in a folder: data first, then what is drawn from it.
///
/// @param dataName of the file with all data
/// @param report all data
/// @param figures at least one
/// @param page from the figures as SVG
public record ReportFiles(
    String dataName, Object report, List<Figure> figures, Function<List<String>, String> page) {

  /// A figure.
  ///
  /// @param name of its files
  /// @param csv its data
  /// @param picture drawn from them
  public record Figure(String name, String csv, Supplier<Chart> picture) {}

  public static ReportFiles of(ComparisonReport report) {
    String verdict = Verdict.of(report).orElse("");
    return new ReportFiles(
        "comparison",
        report,
        List.of(new Figure("curves", CurvesCsv.write(report), () -> CurvesChart.of(report))),
        svgs -> ComparisonPage.write(report, verdict, svgs.getFirst()));
  }

  /// @param verdict what it comes to, sentence by sentence
  public static ReportFiles of(ExperimentReport report, List<String> verdict) {
    List<Figure> figures =
        switch (report) {
          case CurveReport curves ->
              List.of(
                  new Figure(
                      "curves",
                      CurvesCsv.write(curves.comparison()),
                      () -> CurvesChart.of(curves)));
          case SweepReport sweep ->
              List.of(new Figure("sweep", SweepCsv.write(sweep), () -> SweepChart.of(sweep)));
          case UpdatesReport updates -> updates.runs().stream().map(ReportFiles::updates).toList();
        };
    return new ReportFiles(
        "experiment", report, figures, svgs -> ExperimentPage.write(report, verdict, svgs));
  }

  private static Figure updates(UpdatesReport.Run run) {
    return new Figure("updates-" + run.file(), UpdatesCsv.write(run), () -> UpdatesChart.of(run));
  }

  public void write(Context context, Path folder) throws IOException {
    String data = dataName + ".json";
    Outputs.write(folder.resolve(data), Json.write(report));
    for (Figure figure : figures) {
      Outputs.write(folder.resolve(figure.name + ".csv"), figure.csv);
    }
    if (!Chart.canBeDrawn()) {
      context
          .console()
          .note(
              "Wrote %s and %s; no pictures: ./glissade doctor says why"
                  .formatted(folder.resolve(data), names(".csv")));
      return;
    }
    List<String> svgs = new ArrayList<>();
    for (Figure figure : figures) {
      Chart drawn = figure.picture.get();
      svgs.add(drawn.svg());
      Outputs.write(folder.resolve(figure.name + ".svg"), svgs.getLast());
      Outputs.write(folder.resolve(figure.name + ".png"), drawn.png());
    }
    Outputs.write(folder.resolve("report.html"), page.apply(svgs));
    context
        .console()
        .note(
            "Wrote %s, %s, %s"
                .formatted(folder.resolve("report.html"), names(".png", ".svg", ".csv"), data));
  }

  private String names(String... suffixes) {
    return figures.stream()
        .flatMap(figure -> Stream.of(suffixes).map(suffix -> figure.name + suffix))
        .collect(Collectors.joining(", "));
  }
}
