package dev.glissade.app.cli;

import dev.glissade.app.FailureException;
import dev.glissade.app.dashboard.Dashboard;
import dev.glissade.app.terminal.Console;
import dev.glissade.app.terminal.Markup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The command `dashboard`: a live page of the runs in a folder, until it is stopped.
///
/// It prints the page's address. Exit code 1 if no port can be had.
@Command(
    name = "dashboard",
    description =
        "Show the runs of a folder in the browser, live: their curves side by side, how far they"
            + " are, and which have stalled or crashed. It reads, and never writes.",
    footer = {
      "",
      "Examples:",
      "  ./glissade dashboard",
      "  ./glissade dashboard runs/experiments --port 9000",
      "  ./glissade dashboard --host 0.0.0.0",
      "",
      "Without --host only browsers on this machine can ask. With it others can, too, who have",
      "the address that is printed; what they are sent is not encrypted."
    })
final class DashboardCommand implements Callable<Integer> {

  private final Context context;

  @Parameters(
      arity = "0..1",
      paramLabel = "FOLDER",
      defaultValue = "runs",
      description = "The folder with the runs, also in folders below it (default: runs).")
  private Path folder = Path.of("runs");

  @Option(
      names = "--port",
      paramLabel = "N",
      description =
          "The port to answer on; 0 for any (default: " + Dashboard.PORT + " or the next free).")
  private Optional<Integer> port = Optional.empty();

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description = "Answer at this address of the machine; 0.0.0.0 for all it has.")
  private Optional<String> host = Optional.empty();

  DashboardCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException, FailureException {
    if (port.isPresent() && (port.get() < 0 || port.get() > 65535)) {
      throw new IllegalArgumentException("--port must be 0 to 65535, got " + port.get());
    }
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new FailureException("%s is no folder".formatted(folder));
    }
    Console console = context.console();
    Dashboard.Access access =
        host.<Dashboard.Access>map(Dashboard.Access.Network::of)
            .orElseGet(Dashboard.Access.ThisMachine::new);
    try (Dashboard dashboard = Dashboard.start(folder, access, port)) {
      if (access instanceof Dashboard.Access.Network) {
        console.note(
            "Warning: whoever can reach this machine and has the address below sees the runs;"
                + " what is sent is not encrypted");
      }
      console.print(
          "Runs in %s: @|bold %s|@"
              .formatted(
                  Markup.literal(folder.toString()),
                  Markup.literal(dashboard.address().toString())));
      console.note("Ctrl-C stops it");
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // asked to stop
    }
    return 0;
  }
}
