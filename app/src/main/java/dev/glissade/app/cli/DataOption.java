package dev.glissade.app.cli;

import dev.glissade.torch.data.DataFolder;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The option `--data`.
final class DataOption {

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Where data sets are (default: GLISSADE_DATA, or else data in the cache folder).")
  private Optional<Path> folder = Optional.empty();

  DataFolder folder(Context context) {
    return folder.map(DataFolder::new).orElseGet(context::dataFolder);
  }

  /// The command that brings a data set there.
  String fetch(String dataSet) {
    String option = folder.map(path -> " --data " + path).orElse("");
    return "./glissade data fetch " + dataSet + option;
  }
}
