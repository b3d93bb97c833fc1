package dev.glissade.app.report;

import dev.glissade.app.FailureException;
import dev.glissade.app.terminal.Console;
import dev.glissade.app.terminal.Outputs;
import dev.glissade.app.terminal.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The files that a result leaves in a folder: data first, then what is drawn from them, so that
/// the data are safe if drawing fails.
///
/// @param result what is written
/// @param folder where to; it must exist
public record ReportFiles(Result result, Path folder) {

  /// The name of the page, the same for all results: it is what a person opens.
  private static final String PAGE = "report.html";

  /// The files of a result that are called the same whatever it holds.
  ///
  /// @param name of the result
  public static List<Path> of(Path folder, String name) {
    return Stream.of(name + ".json", PAGE, "curves.csv", "sweep.csv").map(folder::resolve).toList();
  }

  /// Makes sure that a folder holds no result yet.
  ///
  /// @param name of the result
  /// @param remedy what to do if it holds one
  public static void requireNone(Path folder, String name, String remedy) throws FailureException {
    if (Files.exists(folder.resolve(name + ".json"))) {
      throw new FailureException("%s holds results already: %s".formatted(folder, remedy));
    }
  }

  /// Writes all files, and says on the console which.
  public void write(Console console) throws IOException {
    String data = result.name() + ".json";
    Outputs.write(folder.resolve(data), Json.write(result));
    List<Figure> figures = result.figures();
    for (Figure figure : figures) {
      Outputs.write(folder.resolve(figure.name() + ".csv"), figure.csv());
    }
    Outputs.write(folder.resolve(PAGE), Page.html(PageData.of(result)));
    if (!Chart.canBeDrawn()) {
      console.note(
          "Wrote %s, %s and %s; no pictures: %s says why"
              .formatted(
                  folder.resolve(PAGE), data, names(figures, ".csv"), Shell.command("doctor")));
      return;
    }
    for (Figure figure : figures) {
      Chart drawn = figure.chart().get();
      Outputs.write(folder.resolve(figure.name() + ".svg"), drawn.svg());
      Outputs.write(folder.resolve(figure.name() + ".png"), drawn.png());
    }
    console.note(
        "Wrote %s, %s, %s"
            .formatted(folder.resolve(PAGE), names(figures, ".png", ".svg", ".csv"), data));
  }

  /// The names of the figures' files, for a message.
  private static String names(List<Figure> figures, String... endings) {
    return figures.stream()
        .flatMap(figure -> Stream.of(endings).map(ending -> figure.name() + ending))
        .collect(Collectors.joining(", "));
  }
}
