package dev.glissade.app.art;

import dev.glissade.Problem;
import dev.glissade.app.report.ArtReport;
import dev.glissade.app.report.Chart;
import dev.glissade.app.report.Gallery;
import dev.glissade.app.report.Json;
import dev.glissade.app.report.Page;
import dev.glissade.app.report.PageData;
import dev.glissade.app.terminal.Console;
import dev.glissade.app.terminal.Outputs;
import dev.glissade.app.terminal.Shell;
import dev.glissade.evaluation.Contender;
import dev.glissade.evaluation.Evaluation;
import dev.glissade.evaluation.Tuning;
import dev.glissade.internal.kernel.LstmKernels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A picture that is made by one optimizer, or the same one by several, with all that is written of
/// it.
///
/// @param console shows progress and what was written
/// @param task the picture
/// @param content the name of the photo, as the user wrote it
/// @param style the names of the paintings, likewise
/// @param steps of each run, ≥ 1
/// @param command that makes it again
/// @param events the folder of events for TensorBoard; empty for none
public record ArtJob(
    Console console,
    ArtTask task,
    String content,
    String style,
    int steps,
    String command,
    Optional<Path> events) {

  /// The picture in small, for learning rates: one instance, because there is one picture. The seed
  /// is that of all tunings, so that rates are remembered.
  public Evaluation small() {
    return new Evaluation(task.small(), Problem.Split.VALIDATION, 1, steps, Tuning.SEED);
  }

  /// Makes the picture by each optimizer, prints what came of it, and writes it. The picture of the
  /// first is written as soon as it is done, so that it is there whatever becomes of the others.
  ///
  /// @param contenders the one of the picture first
  /// @param previews of that
  public ArtReport run(List<Contender> contenders, ArtPreviews previews) throws IOException {
    ArtFiles files = previews.files();
    ArtRun paint = new ArtRun(console, task.canvas(), steps, events);
    List<ArtRun.Result> results = new ArrayList<>();
    results.add(paint.paint(contenders.getFirst(), previews.listener(console)));
    Outputs.write(files.out(), results.getFirst().painting().picture().png());
    console.note("Wrote " + files.out());
    for (Contender other : contenders.subList(1, contenders.size())) {
      results.add(paint.paint(other, (_, _, _) -> {}));
    }
    ArtReport report = report(paint, results);
    print(report, results);
    if (results.size() > 1) {
      write(files, report, paint, results);
    }
    return report;
  }

  /// The result as data. Pictures on their way are in it where there is something to compare.
  private ArtReport report(ArtRun paint, List<ArtRun.Result> results) {
    ArtSettings settings = task.settings();
    return new ArtReport(
        content,
        style,
        paint.canvas().stylisation().width(),
        paint.canvas().stylisation().height(),
        steps,
        settings.init().label(),
        settings.network().label(),
        settings.alpha(),
        settings.beta(),
        settings.gamma(),
        task.seed(),
        LstmKernels.fastestImplementation(),
        results.stream().map(ArtRun.Result::line).toList(),
        results.size() > 1 ? Optional.of(Gallery.of(paint.sheet(results))) : Optional.empty(),
        command);
  }

  /// Prints the losses and what diverged.
  private void print(ArtReport report, List<ArtRun.Result> results) {
    console.print(
        "%s in the style of %s: %s x %s pixels, %s steps"
            .formatted(content, style, report.width(), report.height(), steps));
    report.table().print(console);
    for (ArtRun.Result result : results) {
      if (result.painting().diverged()) {
        console.note(
            "%s diverged: NaN or infinity from step %s on, its picture is that of the step before"
                .formatted(result.line().name(), result.painting().reached() + 1));
      }
    }
  }

  /// Writes the files of a comparison, and says which.
  private void write(ArtFiles files, ArtReport report, ArtRun paint, List<ArtRun.Result> results)
      throws IOException {
    Outputs.write(files.json(), Json.write(report));
    Outputs.write(files.csv(), report.csv());
    Outputs.write(files.page(), Page.html(PageData.of(report)));
    if (Chart.canBeDrawn()) {
      Outputs.write(files.sheet(), paint.sheet(results).png());
      console.note(
          "Wrote "
              + files.comparison().stream()
                  .map(Object::toString)
                  .collect(Collectors.joining(", ")));
    } else {
      console.note(
          "Wrote %s, %s and %s; no sheet of pictures: %s says why"
              .formatted(files.page(), files.csv(), files.json(), Shell.command("doctor")));
    }
  }
}
