package dev.glissade.app.cli;

import dev.glissade.app.FailureException;
import dev.glissade.app.terminal.Console;
import dev.glissade.app.terminal.Numbers;
import dev.glissade.torch.data.DataCatalog;
import dev.glissade.torch.data.DataFolder;
import dev.glissade.torch.data.DataInventory;
import dev.glissade.torch.data.DataSet;
import dev.glissade.torch.image.PictureFolder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// The command `data list`: it prints what data sets there are, under which licences, whether they
/// are in the folder, and how to get what is missing. Below them it counts the user's own pictures
/// for the problem `art`. Exit code 0, whatever is missing.
@Command(
    name = "list",
    description = "List the data sets: what they are, and whether they are here.",
    footer = {"", "Example:", "  ./glissade data list"})
final class DataListCommand implements Callable<Integer> {

  private final Context context;

  @Mixin private final DataOption data = new DataOption();
  @Mixin private final JsonOption json = new JsonOption();

  DataListCommand(Context context) {
    this.context = context;
  }

  /// The entry of one data set in what `--json` writes.
  ///
  /// @param name as `data fetch` takes it
  /// @param summary one line
  /// @param bytes of all downloads; 0 if it must be put in place by hand
  /// @param licence under which it may be used, and what to cite
  /// @param addresses of the downloads
  /// @param folder where its files are, or are to be
  /// @param usable whether a problem can be made of what is there
  /// @param files the paths of those that are there
  /// @param missing the names of parts that are not there
  private record Entry(
      String name,
      String summary,
      long bytes,
      String licence,
      List<URI> addresses,
      String folder,
      boolean usable,
      List<String> files,
      List<String> missing) {}

  /// The entry of one folder of pictures in what `--json` writes.
  ///
  /// @param name of the folder
  /// @param summary what the pictures are for
  /// @param folder its path
  /// @param count how many pictures it holds; 0 if there is no such folder
  private record Pictures(String name, String summary, String folder, int count) {}

  /// The result that `--json` writes.
  ///
  /// @param folder of all data sets
  /// @param dataSets all that are known, here or not
  /// @param pictures the folders of the user's own pictures
  private record Report(String folder, List<Entry> dataSets, List<Pictures> pictures) {}

  /// Looks for the files of all data sets and prints what it finds. Only names are looked at; `data
  /// verify` looks into the files.
  @Override
  public Integer call() throws IOException, FailureException {
    json.check(context);
    DataFolder folder = data.folder(context);
    List<DataInventory> inventories =
        DataCatalog.all().stream().map(dataSet -> DataInventory.of(dataSet, folder)).toList();
    Console console = context.console();
    console.print(
        "Data sets are in %s (change it with --data or GLISSADE_DATA)\n".formatted(folder.path()));
    for (DataInventory inventory : inventories) {
      print(inventory, folder);
    }
    List<Pictures> pictures =
        List.of(
            pictures(folder, "content", "your photos for the problem art, 100 at least"),
            pictures(folder, "style", "your paintings for the problem art: art:style=NAME"));
    pictures.forEach(this::print);
    List<Entry> entries = inventories.stream().map(i -> entry(i, folder)).toList();
    json.write(context, new Report(folder.path().toString(), entries, pictures));
    return 0;
  }

  private static Pictures pictures(DataFolder folder, String name, String summary)
      throws IOException {
    Path path = folder.of(name);
    int count = PictureFolder.of(path).files().size();
    return new Pictures(name, summary, path.toString(), count);
  }

  private void print(Pictures pictures) {
    Console console = context.console();
    console.print("@|bold %s|@  %s".formatted(pictures.name, pictures.summary));
    console.print(
        pictures.count == 0
            ? "  @|yellow no pictures|@ in %s: put JPEG or PNG files there"
                .formatted(pictures.folder)
            : "  @|green %s pictures|@ in %s".formatted(pictures.count, pictures.folder));
    console.print("");
  }

  private void print(DataInventory inventory, DataFolder folder) {
    Console console = context.console();
    DataSet dataSet = inventory.dataSet();
    console.print("@|bold %s|@  %s".formatted(dataSet.name(), dataSet.summary()));
    console.print("  licence: " + dataSet.licence());
    if (!dataSet.isByHand()) {
      URI source = dataSet.downloads().getFirst().addresses().getFirst().resolve(".");
      console.print("  %s from %s".formatted(Numbers.bytes(dataSet.bytes()), source));
    }
    console.print("  " + state(inventory, folder));
    if (!inventory.missing().isEmpty()) {
      console.print("      → " + data.remedy(inventory, folder));
    }
    console.print("");
  }

  /// The state of a data set in a few words, with markup: not there, incomplete, or there.
  ///
  /// Incomplete is what no problem can use. A data set of which some training batches are missing
  /// can be used, and is there.
  private static String state(DataInventory inventory, DataFolder folder) {
    Path path = folder.of(inventory.dataSet().name());
    if (inventory.files().isEmpty()) {
      return "@|yellow not there|@";
    }
    if (!inventory.isUsable()) {
      return "@|yellow incomplete|@ in %s: %s is missing"
          .formatted(path, inventory.missing().getFirst().name());
    }
    return inventory.missing().isEmpty()
        ? "@|green there|@ in " + path
        : "@|green there|@ in %s, with %s".formatted(path, batches(inventory));
  }

  /// The number of training batches that were found, such as `3 of 5 training batches`; they will
  /// do, with fewer images.
  static String batches(DataInventory inventory) {
    return "%s of %s training batches".formatted(inventory.batchesFound(), inventory.batches());
  }

  private static Entry entry(DataInventory inventory, DataFolder folder) {
    DataSet dataSet = inventory.dataSet();
    return new Entry(
        dataSet.name(),
        dataSet.summary(),
        dataSet.bytes(),
        dataSet.licence(),
        dataSet.downloads().stream().flatMap(file -> file.addresses().stream()).toList(),
        folder.of(dataSet.name()).toString(),
        inventory.isUsable(),
        inventory.files().stream().map(Path::toString).toList(),
        inventory.missing().stream().map(DataSet.Part::name).toList());
  }
}
