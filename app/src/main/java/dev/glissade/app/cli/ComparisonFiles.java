package dev.glissade.app.cli;

import dev.glissade.app.report.ComparisonPage;
import dev.glissade.app.report.ComparisonReport;
import dev.glissade.app.report.CurvesCsv;
import dev.glissade.app.report.CurvesPicture;
import dev.glissade.app.report.Json;
import dev.glissade.app.report.Picture;
import java.io.IOException;
import java.nio.file.Path;

/// The files that a comparison leaves in a folder: data first, then what is drawn from it.
final class ComparisonFiles {

  private ComparisonFiles() {}

  static void write(Context context, ComparisonReport report, Path folder) throws IOException {
    Outputs.write(folder.resolve("comparison.json"), Json.write(report));
    Outputs.write(folder.resolve("curves.csv"), CurvesCsv.write(report));
    if (!Picture.canBeDrawn()) {
      context
          .console()
          .note("Wrote comparison.json and curves.csv; no pictures: ./glissade doctor says why");
      return;
    }
    Picture picture = CurvesPicture.of(report);
    String svg = picture.svg();
    Outputs.write(folder.resolve("curves.svg"), svg);
    Outputs.write(folder.resolve("curves.png"), picture.png());
    Outputs.write(
        folder.resolve("report.html"),
        ComparisonPage.write(report, Verdict.of(report).orElse(""), svg));
    context
        .console()
        .note(
            "Wrote %s, curves.png, curves.svg, curves.csv, comparison.json"
                .formatted(folder.resolve("report.html")));
  }
}
