package dev.glissade.app.cli;

import dev.glissade.app.experiment.Laboratory;
import dev.glissade.app.terminal.Console;
import dev.glissade.file.CacheFolder;
import dev.glissade.torch.data.DataFolder;
import java.util.Map;

/// The surroundings of a command: its console, the environment's variables, and the folders that
/// follow from them. Commands look nowhere else, so that tests can give them other surroundings.
///
/// @param console where the command writes
/// @param environment the environment's variables by name, copied
record Context(Console console, Map<String, String> environment) {

  Context {
    environment = Map.copyOf(environment);
  }

  /// The folder for things that can be had again. It need not exist yet.
  CacheFolder cacheFolder() {
    return CacheFolder.of(environment);
  }

  /// The laboratory in which optimizers are compared and tuned. Tuned rates are kept in `tuning` in
  /// the cache folder: a baseline that was tuned for one command is not tuned again for the next.
  Laboratory laboratory() {
    return new Laboratory(console, cacheFolder().path().resolve("tuning"));
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
}
