package dev.glissade.app.cli;

import dev.glissade.app.terminal.Shell;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The options that every computation has: the seed and the number of threads. It also knows the
/// command as it was typed.
final class RunOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  /// The seed that was given. It decides on instances, on first weights and on whatever else is
  /// drawn, by streams with names of their own, so that one use does not disturb another.
  @Option(names = "--seed", paramLabel = "N", description = "Of everything random (default: 1).")
  private Optional<Long> seed = Optional.empty();

  /// The name of the option on which [Glissade] acts for every command, before the command runs.
  static final String THREADS = "--threads";

  @Option(
      names = THREADS,
      paramLabel = "N",
      description = "How many threads work; the result does not depend on it (default: all cores).")
  @SuppressWarnings("unused") // Glissade asks the parser for it
  private int threads = Runtime.getRuntime().availableProcessors();

  /// The seed that was given, if one was. A training that is resumed has a seed already, which must
  /// not be replaced by the default.
  Optional<Long> givenSeed() {
    return seed;
  }

  /// The seed, 1 unless another was given: results are the same from day to day unless somebody
  /// asks for others.
  long seed() {
    return seed.orElse(1L);
  }

  /// The whole command as the user gave it, to be given again.
  String command() {
    return command(spec);
  }

  /// The whole command as the user gave it, also where it has none of these options.
  static String command(CommandSpec spec) {
    return Shell.command(spec.root().commandLine().getParseResult().originalArgs().toArray());
  }
}
