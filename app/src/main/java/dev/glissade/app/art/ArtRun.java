package dev.glissade.app.art;

import dev.glissade.Optimizer;
import dev.glissade.app.report.ArtReport.Line;
import dev.glissade.app.report.ComparisonReport;
import dev.glissade.app.report.ContactSheet;
import dev.glissade.app.report.ContactSheet.Row;
import dev.glissade.app.report.ContactSheet.Tile;
import dev.glissade.app.terminal.Console;
import dev.glissade.app.terminal.Numbers;
import dev.glissade.app.terminal.Progress;
import dev.glissade.evaluation.Contender;
import dev.glissade.torch.art.Painting;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// Makes the same picture by one optimizer or several.
///
/// @param console shows progress
/// @param canvas what is painted
/// @param steps of each run
public record ArtRun(Console console, ArtTask.Canvas canvas, int steps) {

  /// What an optimizer made.
  ///
  /// @param line its losses
  /// @param painting its picture
  /// @param row its pictures at the steps that a contact sheet shows
  public record Result(Line line, Painting painting, Row row) {}

  /// Makes the picture by one optimizer.
  ///
  /// @param listener is told of every step, too
  public Result paint(Contender contender, Painting.Listener listener) throws IOException {
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

  private Painting paint(Optimizer<?> optimizer, Painting.Listener listener) throws IOException {
    return Painting.run(canvas.stylisation(), canvas.objective(), optimizer, steps, listener);
  }

  private static String title(Line line) {
    return line.rate().map(rate -> line.name() + ", rate " + rate).orElse(line.name());
  }

  /// The steps that a contact sheet shows: none, all, and four times half as many.
  List<Integer> sheetSteps() {
    TreeSet<Integer> shown = new TreeSet<>(List.of(0));
    for (int s = steps; s >= 1 && shown.size() < 6; s /= 2) {
      shown.add(s);
    }
    return new ArrayList<>(shown);
  }

  /// The pictures of all optimizers on their way.
  public ContactSheet sheet(List<Result> results) {
    return new ContactSheet(
        sheetSteps().stream().map(step -> step == 0 ? "start" : "step " + step).toList(),
        results.stream().map(Result::row).toList());
  }
}
