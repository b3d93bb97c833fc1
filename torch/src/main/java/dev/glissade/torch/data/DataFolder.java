package dev.glissade.torch.data;

import dev.glissade.file.CacheFolder;
import dev.glissade.internal.ShellWords;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The folder where data sets are kept, in one folder each, under the data set's name.
///
/// @param path need not exist
public record DataFolder(Path path) {

  /// The places in a data set's folder where its files may lie. The archive of CIFAR-10 unpacks
  /// into one of its own, and others keep what is not converted in `raw`.
  private static final List<String> FOLDERS = List.of("", "cifar-10-batches-bin/", "raw/");

  /// The standard folder: `GLISSADE_DATA`, or else `data` in the [cache][CacheFolder].
  public static DataFolder standard() {
    return standard(System.getenv());
  }

  /// The standard folder in an environment that is not the process's.
  public static DataFolder standard(Map<String, String> environment) {
    String own = environment.getOrDefault("GLISSADE_DATA", "");
    return new DataFolder(
        own.isEmpty() ? CacheFolder.of(environment).path().resolve("data") : Path.of(own));
  }

  /// The folder of one data set.
  public Path of(String dataSet) {
    return path.resolve(dataSet);
  }

  /// The command that brings a data set into this folder.
  String fetch(String dataSet) {
    String command = "./glissade data fetch " + dataSet;
    return equals(standard()) ? command : command + " --data " + ShellWords.word(path.toString());
  }

  /// The files that hold a part of a data set, packed or not; the first place is the one that is
  /// read.
  List<Path> files(String dataSet, String part) {
    return FOLDERS.stream()
        .flatMap(inside -> spellings(part).flatMap(name -> candidates(inside, name)))
        .map(of(dataSet)::resolve)
        .filter(Files::isRegularFile)
        .toList();
  }

  private static Stream<String> candidates(String folder, String name) {
    // some archives have a folder of its own for each file
    return Stream.of(folder + name, folder + name + ".gz", folder + name + "/" + name);
  }

  /// The spellings of a name. Several unpackers make an ending of the part of MNIST's names that
  /// looks like one.
  static Stream<String> spellings(String part) {
    return Stream.of(part, part.replace("-idx", ".idx")).distinct();
  }
}
