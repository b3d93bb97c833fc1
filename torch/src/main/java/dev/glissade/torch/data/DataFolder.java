package dev.glissade.torch.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The folder where data sets are kept, in one folder each, under the data set's name.
///
/// @param path need not exist
public record DataFolder(Path path) {

  /// The places in a data set's folder where its files may lie. The archive of CIFAR-10 unpacks
  /// into one of its own.
  private static final List<String> FOLDERS = List.of("", "cifar-10-batches-bin/");

  /// The standard folder: `GLISSADE_DATA`; else `data` in `GLISSADE_CACHE`; else `glissade/data` in
  /// the user's cache folder, which is `XDG_CACHE_HOME` or `~/.cache`.
  public static DataFolder standard() {
    return standard(System.getenv());
  }

  /// The standard folder in an environment that is not the process's.
  public static DataFolder standard(Map<String, String> environment) {
    Path home = Path.of(System.getProperty("user.home"));
    Path path =
        variable(environment, "GLISSADE_DATA")
            .or(() -> variable(environment, "GLISSADE_CACHE").map(cache -> cache.resolve("data")))
            .or(() -> variable(environment, "XDG_CACHE_HOME").map(DataFolder::inCache))
            .orElseGet(() -> inCache(home.resolve(".cache")));
    return new DataFolder(path);
  }

  private static Path inCache(Path cache) {
    return cache.resolve("glissade").resolve("data");
  }

  private static Optional<Path> variable(Map<String, String> environment, String name) {
    String value = environment.getOrDefault(name, "");
    return value.isEmpty() ? Optional.empty() : Optional.of(Path.of(value));
  }

  /// The folder of one data set.
  public Path of(String dataSet) {
    return path.resolve(dataSet);
  }

  /// The files that hold a part of a data set, packed or not; the first place is the one that is
  /// read.
  List<Path> files(String dataSet, String part) {
    return FOLDERS.stream()
        .flatMap(inside -> Stream.of(inside + part, inside + part + ".gz"))
        .map(of(dataSet)::resolve)
        .filter(Files::isRegularFile)
        .toList();
  }
}
