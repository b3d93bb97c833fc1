package dev.glissade.app.cli;

import dev.glissade.app.FailureException;
import dev.glissade.app.report.Json;
import dev.glissade.app.terminal.Outputs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The option `--json`.
final class JsonOption {

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write the result to this file, too.")
  private Optional<Path> file = Optional.empty();

  /// Refuses a file that cannot be written, before anything is computed.
  void check() throws FailureException {
    if (file.isPresent()) {
      Outputs.requireFile(file.get());
    }
  }

  /// Writes the result, if that is wanted.
  void write(Context context, Object result) throws IOException {
    if (file.isPresent()) {
      Outputs.write(file.get(), Json.write(result));
      context.console().note("Wrote " + file.get());
    }
  }
}
