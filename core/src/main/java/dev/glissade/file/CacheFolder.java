package dev.glissade.file;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// The folder for what can be had again, such as data sets and tuned rates.
///
/// @param path need not exist
/// @param lasting whether it is a place of the user's own; else it lies among temporary files, for
///   the user has no home
public record CacheFolder(Path path, boolean lasting) {

  /// The variable that names the folder.
  public static final String VARIABLE = "GLISSADE_CACHE";

  private static final String NAME = "glissade";

  /// The folder of an environment: `GLISSADE_CACHE`; else `glissade` in `XDG_CACHE_HOME` or in
  /// `.cache` of the home; else one among the temporary files.
  public static CacheFolder of(Map<String, String> environment) {
    String home = System.getProperty("user.home", "");
    String temporary = System.getProperty("java.io.tmpdir");
    return of(environment, home, temporary);
  }

  static CacheFolder of(Map<String, String> environment, String home, String temporary) {
    // Java calls the home of a user whom the system does not know "?", and that would be a folder
    // of wherever one stands
    return variable(environment, VARIABLE)
        .or(() ->
            variable(environment, "XDG_CACHE_HOME").filter(Path::isAbsolute).map(CacheFolder::in))
        .or(() -> home(home).map(known -> in(known.resolve(".cache"))))
        .map(path -> new CacheFolder(path, true))
        .orElseGet(() -> new CacheFolder(in(Path.of(temporary)), false));
  }

  private static Optional<Path> home(String home) {
    return Optional.of(Path.of(home)).filter(Path::isAbsolute).filter(Files::isDirectory);
  }

  private static Path in(Path folder) {
    return folder.resolve(NAME);
  }

  private static Optional<Path> variable(Map<String, String> environment, String name) {
    String value = environment.getOrDefault(name, "");
    return value.isEmpty() ? Optional.empty() : Optional.of(Path.of(value));
  }
}
