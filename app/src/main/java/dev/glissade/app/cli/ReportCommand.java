package dev.glissade.app.cli;

import dev.glissade.app.FailureException;
import dev.glissade.app.report.Json;
import dev.glissade.app.report.Page;
import dev.glissade.app.terminal.Outputs;
import dev.glissade.file.Contents;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The command `report`: it makes the page of a result again, from its JSON file alone.
///
/// Exit code 0, or 1 if the file holds no result.
@Command(
    name = "report",
    description =
        "Make the page of a result again from its JSON file: one file, which needs no other and no"
            + " network.",
    footer = {
      "",
      "Examples:",
      "  ./glissade report runs/demo/comparison.json",
      "  ./glissade report comparison.json -o page.html"
    })
final class ReportCommand implements Callable<Integer> {

  /// The bytes of the largest result that is read.
  private static final int LARGEST = 1 << 30;

  private final Context context;

  @Parameters(
      paramLabel = "FILE.json",
      description =
          "What compare, demo, experiment run, train, inspect or art has written, or their --json.")
  private Path file = Path.of("");

  @Option(
      names = {"-o", "--out"},
      paramLabel = "PAGE.html",
      description = "The page (default: report.html next to the file).")
  private Optional<Path> out = Optional.empty();

  ReportCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException, FailureException {
    Path page = out.orElse(file.resolveSibling("report.html"));
    Outputs.requireApart(List.of(file), List.of(page));
    Outputs.requireFile(page);
    byte[] json = Contents.read(file, "the JSON of a result", LARGEST);
    Outputs.write(page, Page.html(Json.page(file, json)));
    context.console().note("Wrote " + page);
    return 0;
  }
}
