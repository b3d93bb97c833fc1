package dev.glissade.app.cli;

import dev.glissade.app.FailureException;
import dev.glissade.app.terminal.Console;
import dev.glissade.app.terminal.Numbers;
import dev.glissade.app.terminal.Progress;
import dev.glissade.torch.data.DataCatalog;
import dev.glissade.torch.data.DataFolder;
import dev.glissade.torch.data.DataInventory;
import dev.glissade.torch.data.DataSet;
import dev.glissade.torch.data.DataVerifier;
import dev.glissade.torch.data.DataVerifier.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// The command `data verify`: it tells whether the files of data sets are what they should be.
///
/// It prints a line for each file, ok or damaged, and below what is wrong how to mend it. Exit code
/// 1 if a file is damaged, or if a data set that was named cannot be used; a data set that is not
/// there and was not named is no fault.
@Command(
    name = "verify",
    description =
        "Check the files of data sets: their checksums, and their formats where those are wrong or"
            + " unknown. Without a name: all that are there.",
    footer = {
      "",
      "Examples:",
      "  ./glissade data verify",
      "  ./glissade data verify mnist",
      "",
      "Exit code 1 if a file is damaged, or if a data set that was named cannot be used."
    })
final class DataVerifyCommand implements Callable<Integer> {

  private final Context context;

  @Parameters(
      arity = "0..*",
      paramLabel = "NAME",
      completionCandidates = Candidates.OfData.class,
      description = "Data sets, as in ./glissade data list.")
  private List<String> names = List.of();

  @Mixin private final DataOption data = new DataOption();
  @Mixin private final JsonOption json = new JsonOption();

  DataVerifyCommand(Context context) {
    this.context = context;
  }

  /// The entry of one file in what `--json` writes.
  ///
  /// @param file its path
  /// @param damaged whether it is not what it should be
  /// @param detail one line on what was found
  private record FileEntry(String file, boolean damaged, String detail) {}

  /// The entry of one data set in what `--json` writes.
  ///
  /// @param name as `data fetch` takes it
  /// @param usable whether a problem can be made of what is there
  /// @param files all that are there
  /// @param missing the names of parts that are not there
  private record Entry(String name, boolean usable, List<FileEntry> files, List<String> missing) {}

  /// The result that `--json` writes.
  ///
  /// @param folder of all data sets
  /// @param dataSets all that were to be checked
  private record Report(String folder, List<Entry> dataSets) {}

  /// Checks the data sets that were named, or all. Without names, those of which nothing is there
  /// are passed over in silence.
  @Override
  public Integer call() throws IOException, FailureException {
    DataFolder folder = data.folder(context);
    List<DataSet> dataSets =
        names.isEmpty()
            ? DataCatalog.all()
            : names.stream().distinct().map(DataCatalog::find).toList();
    json.check(context);
    List<Entry> entries = new ArrayList<>();
    for (DataSet dataSet : dataSets) {
      DataInventory inventory = DataInventory.of(dataSet, folder);
      List<Finding> findings = verify(inventory);
      if (!names.isEmpty() || !findings.isEmpty()) {
        print(inventory, findings, folder);
      }
      entries.add(entry(inventory, findings));
    }
    if (names.isEmpty() && entries.stream().allMatch(entry -> entry.files.isEmpty())) {
      context
          .console()
          .print("No data set is in %s: see ./glissade data list".formatted(folder.path()));
    }
    json.write(context, new Report(folder.path().toString(), entries));
    return entries.stream().allMatch(this::isWell) ? 0 : 1;
  }

  /// Whether a data set is no reason for exit code 1. Only one that was named must be usable.
  private boolean isWell(Entry entry) {
    return (names.isEmpty() || entry.usable) && entry.files.stream().noneMatch(FileEntry::damaged);
  }

  /// Reads every file of a data set to its end.
  ///
  /// @throws IOException if a file cannot be read from disk; what is wrong with its content is a
  ///   finding
  private List<Finding> verify(DataInventory inventory) throws IOException {
    DataVerifier verifier = new DataVerifier(inventory.dataSet());
    long total = 0;
    for (Path file : inventory.files()) {
      total += Files.size(file);
    }
    List<Finding> findings = new ArrayList<>();
    long done = 0;
    String title = "checking " + inventory.dataSet().name();
    try (Progress progress =
        new Progress(context.console(), title, 0, total, rate -> Numbers.bytes((long) rate))) {
      for (Path file : inventory.files()) {
        progress.update(done, file.getFileName().toString());
        findings.add(verifier.verify(file));
        done += Files.size(file);
      }
    }
    return findings;
  }

  /// Prints what was found of a data set, and the remedies. A damaged download has to be deleted
  /// first, because `data fetch` leaves alone what is there.
  private void print(DataInventory inventory, List<Finding> findings, DataFolder folder) {
    Console console = context.console();
    String name = inventory.dataSet().name();
    console.print("@|bold %s|@".formatted(name));
    for (Finding finding : findings) {
      String mark = finding.damaged() ? "@|red damaged|@" : "@|green ok     |@";
      console.print("%s  %s".formatted(mark, finding.detail()));
      if (finding.damaged()) {
        console.print(
            inventory.dataSet().isByHand()
                ? "      → put the right one there: docs/weights.md"
                : "      → delete it, then @|bold %s|@".formatted(data.fetch(name)));
      }
    }
    if (inventory.batchesFound() > 0) {
      console.print("         " + DataListCommand.batches(inventory));
    }
    if (!inventory.missing().isEmpty()) {
      String missing =
          inventory.missing().stream().map(DataSet.Part::name).collect(Collectors.joining(", "));
      console.print("@|yellow missing|@  " + (findings.isEmpty() ? "all of its files" : missing));
      console.print("      → " + data.remedy(inventory, folder));
    }
  }

  private static Entry entry(DataInventory inventory, List<Finding> findings) {
    return new Entry(
        inventory.dataSet().name(),
        inventory.isUsable(),
        findings.stream()
            .map(f -> new FileEntry(f.file().toString(), f.damaged(), f.detail()))
            .toList(),
        inventory.missing().stream().map(DataSet.Part::name).toList());
  }
}
