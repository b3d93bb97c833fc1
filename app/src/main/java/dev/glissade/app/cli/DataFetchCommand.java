package dev.glissade.app.cli;

import dev.glissade.app.FailureException;
import dev.glissade.app.terminal.Console;
import dev.glissade.app.terminal.Numbers;
import dev.glissade.app.terminal.Outputs;
import dev.glissade.app.terminal.Progress;
import dev.glissade.torch.data.DataCatalog;
import dev.glissade.torch.data.DataFetcher;
import dev.glissade.torch.data.DataFile;
import dev.glissade.torch.data.DataInventory;
import dev.glissade.torch.data.DataSet;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// The command `data fetch`: it downloads data sets and checks them.
///
/// It prints a line for each data set, that it is there already or complete, with its folder. What
/// has arrived when it is stopped is kept, and the same command goes on from there. Exit code 1 if
/// a download fails or is damaged, or if a data set can only be put in place by hand.
@Command(
    name = "fetch",
    description =
        "Download data sets from where they are published, and check them. What is there already is"
            + " left alone; a download that was cut off goes on where it stopped.",
    footer = {
      "",
      "Examples:",
      "  ./glissade data fetch mnist cifar10",
      "  ./glissade data fetch all --data /big/disk",
      "",
      "Behind a proxy:"
          + " GLISSADE_JAVA_OPTIONS='-Dhttps.proxyHost=HOST -Dhttps.proxyPort=PORT"
          + " -Dhttp.proxyHost=HOST -Dhttp.proxyPort=PORT'"
    })
final class DataFetchCommand implements Callable<Integer> {

  private final Context context;

  /// The data sets, each by its name; `all` only on its own.
  @Parameters(
      arity = "1..*",
      paramLabel = "NAME",
      completionCandidates = Candidates.OfData.class,
      description = "Data sets, as in ./glissade data list; or all that can be downloaded.")
  private List<String> names = List.of();

  @Mixin private final DataOption data = new DataOption();

  DataFetchCommand(Context context) {
    this.context = context;
  }

  /// Fetches the data sets one after the other. `all` leaves out those that nobody offers for
  /// download: what the user did not name should not fail.
  @Override
  public Integer call() throws IOException, FailureException {
    List<DataSet> dataSets =
        names.equals(List.of("all"))
            ? DataCatalog.all().stream().filter(dataSet -> !dataSet.isByHand()).toList()
            : names.stream().distinct().map(DataCatalog::find).toList();
    DataFetcher fetcher = new DataFetcher(data.folder(context));
    for (DataSet dataSet : dataSets) {
      context.console().onInterrupt("Stopped. Go on with: " + data.fetch(String.join(" ", names)));
      fetch(dataSet, fetcher);
    }
    return 0;
  }

  /// Brings what is missing of a data set.
  ///
  /// @param dataSet any, also one that is there or cannot be downloaded
  /// @param fetcher of the folder of all data sets
  /// @throws FailureException if the data set must be put in place by hand; it says how
  /// @throws IOException with one line that says what failed and what to do
  void fetch(DataSet dataSet, DataFetcher fetcher) throws IOException, FailureException {
    Console console = context.console();
    Path target = fetcher.folder().of(dataSet.name());
    DataInventory inventory = DataInventory.of(dataSet, fetcher.folder());
    if (dataSet.isByHand() && !inventory.missing().isEmpty()) {
      throw new FailureException(
          "%s cannot be downloaded in the format that is read: %s"
              .formatted(dataSet.name(), DataOption.byHand(inventory, fetcher.folder())));
    }
    List<DataFile> missing = fetcher.missing(dataSet);
    if (missing.isEmpty()) {
      console.print("@|bold %s|@ is there already, in %s".formatted(dataSet.name(), target));
      return;
    }
    Outputs.requireFolder(target);
    download(dataSet, missing, fetcher);
    console.print("@|bold %s|@ is complete, in %s".formatted(dataSet.name(), target));
  }

  /// Downloads files and shows one progress for all, in bytes.
  ///
  /// @param missing the files that are not there, or not whole
  private void download(DataSet dataSet, List<DataFile> missing, DataFetcher fetcher)
      throws IOException {
    Console console = context.console();
    Map<DataFile, Long> before = new HashMap<>(); // bytes of the files that come first
    long total = 0;
    for (DataFile file : missing) {
      before.put(file, total);
      total += file.bytes();
    }
    console.note("Fetching %s, %s …".formatted(dataSet.name(), Numbers.bytes(total)));
    // Bytes of an earlier download count as done, but not for the rate.
    long arrived = fetcher.arrived(dataSet);
    try (Progress progress =
        new Progress(console, dataSet.name(), arrived, total, rate -> Numbers.bytes((long) rate))) {
      fetcher.fetch(dataSet, new Shown(console, progress, before));
    }
  }

  /// The progress of a data set, and every address that is tried, as they are shown.
  ///
  /// @param before bytes of the files that come before each
  private record Shown(Console console, Progress progress, Map<DataFile, Long> before)
      implements DataFetcher.Progress {
    @Override
    public void update(DataFile file, long done) {
      progress.update(before.getOrDefault(file, 0L) + done, "");
    }

    @Override
    public void trying(DataFile file, URI address) {
      console.note("Trying %s (%s) …".formatted(address, Numbers.bytes(file.bytes())));
    }

    @Override
    public void failed(DataFile file, String why) {
      console.note(why + ": trying another address");
    }
  }
}
