package dev.glissade.app.cli;

import dev.glissade.app.FailureException;
import dev.glissade.app.terminal.Console;
import dev.glissade.app.terminal.Numbers;
import dev.glissade.app.terminal.Outputs;
import dev.glissade.app.terminal.Progress;
import dev.glissade.torch.data.DataFetcher;
import dev.glissade.torch.data.DataFile;
import dev.glissade.torch.data.DataFolder;
import dev.glissade.torch.data.DataInventory;
import dev.glissade.torch.data.DataSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Downloads of data sets, for people to watch.
///
/// @param context where progress is shown
/// @param fetcher does it
record Download(Context context, DataFetcher fetcher) {

  /// Brings what is missing of a data set.
  ///
  /// @throws IOException with one line that says what failed and what to do
  void run(DataSet dataSet) throws IOException, FailureException {
    Console console = context.console();
    Path target = fetcher.folder().of(dataSet.name());
    DataInventory inventory = DataInventory.of(dataSet, fetcher.folder());
    if (dataSet.isByHand() && !inventory.missing().isEmpty()) {
      throw new FailureException(
          "%s cannot be downloaded in the format that is read: %s"
              .formatted(dataSet.name(), byHand(inventory, fetcher.folder())));
    }
    List<DataFile> missing = fetcher.missing(dataSet);
    if (missing.isEmpty()) {
      console.print("@|bold %s|@ is there already, in %s".formatted(dataSet.name(), target));
      return;
    }
    Outputs.requireFolder(target);
    Map<DataFile, Long> before = new HashMap<>(); // bytes of the files that come first
    long total = 0;
    for (DataFile file : missing) {
      before.put(file, total);
      total += file.bytes();
    }
    console.note(
        "Fetching %s, %s, from %s …"
            .formatted(
                dataSet.name(), Numbers.bytes(total), missing.getFirst().address().resolve(".")));
    long arrived = fetcher.arrived(dataSet);
    try (Progress progress =
        new Progress(console, dataSet.name(), arrived, total, rate -> Numbers.bytes((long) rate))) {
      fetcher.fetch(
          dataSet, (file, done) -> progress.update(before.getOrDefault(file, 0L) + done, ""));
    }
    console.print("@|bold %s|@ is complete, in %s".formatted(dataSet.name(), target));
  }

  /// What to put where, for a data set that cannot be downloaded.
  static String byHand(DataInventory inventory, DataFolder folder) {
    String files =
        inventory.missing().stream().map(DataSet.Part::name).collect(Collectors.joining(" and "));
    return "put %s into %s (docs/weights.md says what is in it)"
        .formatted(files, folder.of(inventory.dataSet().name()));
  }
}
