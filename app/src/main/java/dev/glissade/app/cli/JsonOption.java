package dev.glissade.app.cli;

import dev.glissade.app.FailureException;
import dev.glissade.app.report.Json;
import dev.glissade.app.terminal.Outputs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The option `--json`, which writes a command's whole result as data. Every command that measures
/// something has it; what it writes is a record, either the command's own `Report` or one of the
/// package `report`.
final class JsonOption {

  private static final String STANDARD_OUTPUT = "-";

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description =
          "Write the result to this file, too; - is standard output, and all else goes to standard"
              + " error then.")
  private Optional<String> file = Optional.empty();

  /// Refuses a file that cannot be written, or that is one of the command's other files, before
  /// anything is computed.
  ///
  /// @param inputs what the command reads
  /// @param outputs what else it writes
  void check(Context context, List<Path> inputs, List<Path> outputs)
      throws FailureException, IOException {
    List<Path> all = new ArrayList<>(outputs);
    path().ifPresent(all::add);
    Outputs.requireApart(inputs, all);
    if (path().isPresent()) {
      Outputs.requireFile(path().get());
    }
    if (file.equals(Optional.of(STANDARD_OUTPUT))) {
      context.console().reserveOut();
    }
  }

  /// The same for a command that reads and writes no other files.
  void check(Context context) throws FailureException, IOException {
    check(context, List.of(), List.of());
  }

  private Optional<Path> path() {
    return file.filter(name -> !name.equals(STANDARD_OUTPUT)).map(Path::of);
  }

  /// Writes the result, if the option was given, and notes that on standard error.
  ///
  /// @param result a record; numbers that are not finite become `null`
  /// @throws IOException if the file cannot be written after all
  void write(Context context, Object result) throws IOException {
    if (path().isPresent()) {
      Outputs.write(path().get(), Json.write(result));
      context.console().note("Wrote " + path().get());
    } else if (file.isPresent()) {
      context.console().out().print(Json.write(result));
    }
  }
}
