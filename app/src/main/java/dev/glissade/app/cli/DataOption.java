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

/// The option `--data`, and the advice on data that is missing: the commands that are recommended
/// repeat the option, so that they work as they are printed.
final class DataOption {

  /// The name of the option.
  static final String NAME = "--data";

  @Option(
      names = NAME,
      paramLabel = "DIR",
      description =
          "Where data sets are (default: GLISSADE_DATA, or else data in the cache folder).")
  private Optional<Path> folder = Optional.empty();

  /// The folder of the data sets: the option's, or else the environment's.
  DataFolder folder(Context context) {
    return folder.map(DataFolder::new).orElseGet(context::dataFolder);
  }

  /// The folder that was given, if one was.
  Optional<Path> given() {
    return folder;
  }

  /// The command line that brings a data set into the folder.
  ///
  /// @param dataSet its name, or several with spaces between them
  String fetch(String dataSet) {
    return folder
        .map(path -> Shell.command("data", "fetch", dataSet, "--data", path))
        .orElseGet(() -> Shell.command("data", "fetch", dataSet));
  }

  /// The way to get what is missing of a data set: a command, or what to put where by hand.
  ///
  /// @param inventory of a data set of which something is missing
  /// @param into the folder of all data sets
  /// @return one line with markup
  String remedy(DataInventory inventory, DataFolder into) {
    DataSet dataSet = inventory.dataSet();
    return dataSet.isByHand()
        ? byHand(inventory, into)
        : "@|bold %s|@".formatted(Markup.literal(fetch(dataSet.name())));
  }

  /// The instruction for a data set that cannot be downloaded: which files to put into which
  /// folder.
  ///
  /// @param inventory of a data set of which something is missing
  /// @param into the folder of all data sets
  /// @return half a sentence, which starts in lower case
  static String byHand(DataInventory inventory, DataFolder into) {
    String files =
        inventory.missing().stream().map(DataSet.Part::name).collect(Collectors.joining(" and "));
    return "put %s into %s (docs/weights.md says what is in it)"
        .formatted(files, into.of(inventory.dataSet().name()));
  }
}
