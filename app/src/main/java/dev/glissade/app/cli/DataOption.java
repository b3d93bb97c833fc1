package dev.glissade.app.cli;

import dev.glissade.app.terminal.Markup;
import dev.glissade.app.terminal.Shell;
import dev.glissade.torch.data.DataFolder;
import dev.glissade.torch.data.DataInventory;
import dev.glissade.torch.data.DataSet;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/// The option `--data`.
final class DataOption {

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Where data sets are (default: GLISSADE_DATA, or else data in the cache folder).")
  private Optional<Path> folder = Optional.empty();

  /// Where data sets are.
  DataFolder folder(Context context) {
    return folder.map(DataFolder::new).orElseGet(context::dataFolder);
  }

  /// The command that brings a data set there.
  String fetch(String dataSet) {
    return folder
        .map(path -> Shell.command("data", "fetch", dataSet, "--data", path))
        .orElseGet(() -> Shell.command("data", "fetch", dataSet));
  }

  /// How to get what is missing of a data set.
  String remedy(DataInventory inventory, DataFolder into) {
    DataSet dataSet = inventory.dataSet();
    return dataSet.isByHand()
        ? byHand(inventory, into)
        : "@|bold %s|@".formatted(Markup.literal(fetch(dataSet.name())));
  }

  /// What to put where, for a data set that cannot be downloaded.
  static String byHand(DataInventory inventory, DataFolder into) {
    String files =
        inventory.missing().stream().map(DataSet.Part::name).collect(Collectors.joining(" and "));
    return "put %s into %s (docs/weights.md says what is in it)"
        .formatted(files, into.of(inventory.dataSet().name()));
  }
}
