package dev.glissade.app.cli;

import dev.glissade.app.FailureException;
import dev.glissade.app.report.Json;
import dev.glissade.app.terminal.Outputs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The option `--json`, which writes a command's whole result as data. Every command that measures
/// something has it; what it writes is a record, either the command's own `Report` or one of the
/// package `report`.
final class JsonOption {

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write the result to this file, too.")
  private Optional<Path> file = Optional.empty();

  /// Refuses a file that cannot be written. Commands call it before they compute anything, so that
  /// hours of work are not lost to a misspelt folder.
  ///
  /// @throws FailureException with one line that names the file
  void check() throws FailureException {
    if (file.isPresent()) {
      Outputs.requireFile(file.get());
    }
  }

  /// Writes the result, if the option was given, and notes that on standard error.
  ///
  /// @param result a record; numbers that are not finite become `null`
  /// @throws IOException if the file cannot be written after all
  void write(Context context, Object result) throws IOException {
    if (file.isPresent()) {
      Outputs.write(file.get(), Json.write(result));
      context.console().note("Wrote " + file.get());
    }
  }
}
