package dev.glissade.app.cli;

import dev.glissade.app.FailureException;
import dev.glissade.app.report.ReportFiles;
import dev.glissade.app.report.Result;
import dev.glissade.app.terminal.Outputs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The option `--out` of commands whose results are shown in files: data, pictures and a page, all
/// in one folder.
final class OutOption {

  @Option(
      names = {"-o", "--out"},
      paramLabel = "DIR",
      description = "Write the results there: data, pictures and report.html.")
  private Optional<Path> folder = Optional.empty();

  /// The folder that was given; empty if none was, and the command writes no files or uses a folder
  /// of its own choice.
  Optional<Path> folder() {
    return folder;
  }

  /// Refuses a folder that cannot be written to, before anything is computed, and makes one that is
  /// not there.
  ///
  /// @throws FailureException with one line that names the folder
  void check() throws FailureException {
    if (folder.isPresent()) {
      Outputs.requireFolder(folder.get());
    }
  }

  /// The files that will be written, as far as others could be called like them.
  ///
  /// @param name of the result
  List<Path> files(String name) {
    return folder.map(path -> ReportFiles.of(path, name)).orElse(List.of());
  }

  /// Writes the files, if that is wanted.
  void write(Context context, Result result) throws IOException {
    if (folder.isPresent()) {
      new ReportFiles(result, folder.get()).write(context.console());
    }
  }
}
