package dev.glissade.app.cli;

import dev.glissade.app.experiment.Laboratory;
import dev.glissade.app.terminal.Console;
import dev.glissade.torch.data.DataFolder;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// The surroundings of a command: its console, the environment's variables, and the folders that
/// follow from them. Commands look nowhere else, so that tests can give them other surroundings.
///
/// @param console where the command writes
/// @param environment the environment's variables by name, copied
record Context(Console console, Map<String, String> environment) {

  Context {
    environment = Map.copyOf(environment);
  }

  /// The folder for things that can be had again: `GLISSADE_CACHE`, or else `glissade` in the
  /// user's cache folder, which is `XDG_CACHE_HOME` or `~/.cache`. It need not exist yet.
  Path cacheFolder() {
    Path home = Path.of(System.getProperty("user.home"));
    return folder("GLISSADE_CACHE")
        .orElseGet(
            () -> folder("XDG_CACHE_HOME").orElse(home.resolve(".cache")).resolve("glissade"));
  }

  /// The laboratory in which optimizers are compared and tuned. Tuned rates are kept in `tuning` in
  /// the cache folder: a baseline that was tuned for one command is not tuned again for the next.
  Laboratory laboratory() {
    return new Laboratory(console, cacheFolder().resolve("tuning"));
  }

  /// The folder of the data sets: `GLISSADE_DATA`, or `data` in the cache folder. The option
  /// `--data` goes before it, see [DataOption].
  DataFolder dataFolder() {
    return DataFolder.standard(environment);
  }

  /// Whether stack traces are wanted: `GLISSADE_DEBUG` is set to anything but an empty text.
  boolean debug() {
    return !environment.getOrDefault("GLISSADE_DEBUG", "").isEmpty();
  }

  /// The folder that a variable names. An empty variable counts as none: that is how scripts unset
  /// one for a single call.
  private Optional<Path> folder(String variable) {
    String value = environment.getOrDefault(variable, "");
    return value.isEmpty() ? Optional.empty() : Optional.of(Path.of(value));
  }
}
