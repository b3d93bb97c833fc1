package dev.glissade.app.cli;

import dev.glissade.app.report.ComparisonPage;
import dev.glissade.app.report.ComparisonReport;
import dev.glissade.app.report.CurveReport;
import dev.glissade.app.report.CurvesCsv;
import dev.glissade.app.report.CurvesPicture;
import dev.glissade.app.report.ExperimentPage;
import dev.glissade.app.report.ExperimentReport;
import dev.glissade.app.report.Json;
import dev.glissade.app.report.Picture;
import dev.glissade.app.report.SweepCsv;
import dev.glissade.app.report.SweepPicture;
import dev.glissade.app.report.SweepReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// The files that a result leaves in a folder: data first, then what is drawn from it.
///
/// @param dataName of the file with all data
/// @param figureName of the figure's data and pictures
/// @param report all data
/// @param csv the figure's data
/// @param picture the figure
/// @param page from the figure as SVG
record ReportFiles(
    String dataName,
    String figureName,
    Object report,
    String csv,
    Supplier<Picture> picture,
    UnaryOperator<String> page) {

  static ReportFiles of(ComparisonReport report) {
    String verdict = Verdict.of(report).orElse("");
    return new ReportFiles(
        "comparison",
        "curves",
        report,
        CurvesCsv.write(report),
        () -> CurvesPicture.of(report),
        svg -> ComparisonPage.write(report, verdict, svg));
  }

  /// @param verdict what it comes to, sentence by sentence
  static ReportFiles of(ExperimentReport report, List<String> verdict) {
    UnaryOperator<String> page = svg -> ExperimentPage.write(report, verdict, svg);
    return switch (report) {
      case CurveReport curves ->
          new ReportFiles(
              "experiment",
              "curves",
              report,
              CurvesCsv.write(curves.comparison()),
              () -> CurvesPicture.of(curves),
              page);
      case SweepReport sweep ->
          new ReportFiles(
              "experiment",
              "sweep",
              report,
              SweepCsv.write(sweep),
              () -> SweepPicture.of(sweep),
              page);
    };
  }

  void write(Context context, Path folder) throws IOException {
    String data = dataName + ".json";
    String figure = figureName + ".csv";
    Outputs.write(folder.resolve(data), Json.write(report));
    Outputs.write(folder.resolve(figure), csv);
    if (!Picture.canBeDrawn()) {
      context
          .console()
          .note(
              "Wrote %s and %s; no pictures: ./glissade doctor says why"
                  .formatted(folder.resolve(data), figure));
      return;
    }
    Picture drawn = picture.get();
    String svg = drawn.svg();
    Outputs.write(folder.resolve(figureName + ".svg"), svg);
    Outputs.write(folder.resolve(figureName + ".png"), drawn.png());
    Outputs.write(folder.resolve("report.html"), page.apply(svg));
    context
        .console()
        .note(
            "Wrote %s, %s.png, %s.svg, %s, %s"
                .formatted(folder.resolve("report.html"), figureName, figureName, figure, data));
  }
}
