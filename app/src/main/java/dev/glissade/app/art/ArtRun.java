package dev.glissade.app.art;

import dev.glissade.Optimizer;
import dev.glissade.app.report.ArtReport.Line;
import dev.glissade.app.report.ComparisonReport;
import dev.glissade.app.report.ContactSheet;
import dev.glissade.app.report.ContactSheet.Row;
import dev.glissade.app.report.ContactSheet.Tile;
import dev.glissade.app.tensorboard.EventLog;
import dev.glissade.app.terminal.Console;
import dev.glissade.app.terminal.Numbers;
import dev.glissade.app.terminal.Progress;
import dev.glissade.evaluation.Contender;
import dev.glissade.torch.art.Painting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// A painting of the same picture by one optimizer or several, one after the other: each may need
/// most of the memory.
///
/// @param console shows progress
/// @param canvas what is painted
/// @param steps of each run, ≥ 1
/// @param events the folder of events for TensorBoard, with one for each optimizer; empty for none
public record ArtRun(Console console, ArtTask.Canvas canvas, int steps, Optional<Path> events) {

  /// The work of one optimizer.
  ///
  /// @param line its losses
  /// @param painting its picture
  /// @param row its pictures at the steps that a contact sheet shows
  public record Result(Line line, Painting painting, Row row) {}

  /// Makes the picture by one optimizer. Of its pictures on the way only thumbnails are kept.
  ///
  /// @param contender at a rate that suits the picture
  /// @param listener is told of every step, too
  /// @throws IOException if the listener does
  public Result paint(Contender contender, Painting.Listener listener) throws IOException {
    if (events.isEmpty()) {
      return painted(contender, listener);
    }
    try (EventLog log = EventLog.open(eventsOf(events.get(), contender.name()), 0)) {
      return painted(contender, writing(log, listener));
    }
  }

  private Result painted(Contender contender, Painting.Listener listener) throws IOException {
    Map<Integer, Tile> tiles = new HashMap<>();
    try (Progress progress = new Progress(console, contender.name(), 0, steps)) {
      Painting painting =
          paint(
              contender.optimizer(),
              (step, loss, picture) -> {
                if (sheetSteps().contains(step)) {
                  String caption = "loss " + Numbers.loss(loss);
                  tiles.put(step, new Tile(Optional.of(ContactSheet.thumbnail(picture)), caption));
                }
                progress.update(step, "loss " + Numbers.loss(loss));
                listener.at(step, loss, picture);
              });
      Line line =
          Line.of(
              contender.name(),
              contender.baseline(),
              ComparisonReport.settings(contender),
              painting);
      Tile none = new Tile(Optional.empty(), "diverged");
      List<Tile> shown = sheetSteps().stream().map(s -> tiles.getOrDefault(s, none)).toList();
      return new Result(line, painting, new Row(title(line), shown));
    }
  }

  /// The folder of an optimizer's events, whose name TensorBoard shows.
  public static Path eventsOf(Path events, String name) {
    return events.resolve(name.replaceAll("[^\\w.=+-]+", "-"));
  }

  /// Writes the losses, and the pictures of the contact sheet, as events.
  private Painting.Listener writing(EventLog log, Painting.Listener listener) {
    return (step, loss, picture) -> {
      log.numbers(step, Map.of("art/loss", loss));
      if (sheetSteps().contains(step)) {
        log.picture(step, "art/picture", picture.width(), picture.height(), picture.png());
      }
      listener.at(step, loss, picture);
    };
  }

  private Painting paint(Optimizer<?> optimizer, Painting.Listener listener) throws IOException {
    return Painting.run(canvas.stylisation(), canvas.objective(), optimizer, steps, listener);
  }

  /// The title of a row in the sheet: the name, and the rate if that was tuned.
  private static String title(Line line) {
    return line.rate().map(rate -> line.name() + ", rate " + rate).orElse(line.name());
  }

  /// The steps that a contact sheet shows, in ascending order: 0, all, and four times half as many.
  /// Pictures change most in the first steps.
  List<Integer> sheetSteps() {
    TreeSet<Integer> shown = new TreeSet<>(List.of(0));
    for (int s = steps; s >= 1 && shown.size() < 6; s /= 2) {
      shown.add(s);
    }
    return new ArrayList<>(shown);
  }

  /// The sheet with the pictures of all optimizers on their way, a row for each.
  public ContactSheet sheet(List<Result> results) {
    return new ContactSheet(
        sheetSteps().stream().map(step -> step == 0 ? "start" : "step " + step).toList(),
        results.stream().map(Result::row).toList());
  }
}
