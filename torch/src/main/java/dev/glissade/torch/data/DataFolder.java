package dev.glissade.torch.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where data sets are kept: one folder each, under the data set's name.
///
/// @param path need not exist
public record DataFolder(Path path) {

  /// `GLISSADE_DATA`; else `data` in `GLISSADE_CACHE`; else `glissade/data` in the user's cache
  /// folder, which is `XDG_CACHE_HOME` or `~/.cache`.
  public static DataFolder standard() {
    return standard(System.getenv());
  }

  static DataFolder standard(Map<String, String> environment) {
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

  /// The first of these files of a data set that exists.
  Optional<Path> find(String dataSet, List<String> names) {
    return names.stream().map(of(dataSet)::resolve).filter(Files::isRegularFile).findFirst();
  }
}
