package dev.glissade.app.cli;

import dev.glissade.app.experiment.Laboratory;
import dev.glissade.app.terminal.Console;
import dev.glissade.torch.data.DataFolder;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// What a command sees of the world.
///
/// @param console where it writes
/// @param environment the environment's variables
record Context(Console console, Map<String, String> environment) {

  Context {
    environment = Map.copyOf(environment);
  }

  /// Where things are kept that can be had again: `GLISSADE_CACHE`, or `glissade` in the user's
  /// cache folder.
  Path cacheFolder() {
    Path home = Path.of(System.getProperty("user.home"));
    return folder("GLISSADE_CACHE")
        .orElseGet(
            () -> folder("XDG_CACHE_HOME").orElse(home.resolve(".cache")).resolve("glissade"));
  }

  /// What optimizers are compared and tuned with. Tuned rates are kept in the cache folder.
  Laboratory laboratory() {
    return new Laboratory(console, cacheFolder().resolve("tuning"));
  }

  /// Where data sets are: `GLISSADE_DATA`, or `data` in the cache folder.
  DataFolder dataFolder() {
    return DataFolder.standard(environment);
  }

  /// Whether stack traces are wanted.
  boolean debug() {
    return !environment.getOrDefault("GLISSADE_DEBUG", "").isEmpty();
  }

  private Optional<Path> folder(String variable) {
    String value = environment.getOrDefault(variable, "");
    return value.isEmpty() ? Optional.empty() : Optional.of(Path.of(value));
  }
}
