package dev.glissade.app.cli;

import java.util.Optional;
import picocli.CommandLine.Option;

/// The options that every computation has.
final class RunOptions {

  @Option(names = "--seed", paramLabel = "N", description = "Of everything random (default: 1).")
  private Optional<Long> seed = Optional.empty();

  /// The name of the option that [Glissade] acts on, for every command.
  static final String THREADS = "--threads";

  @Option(
      names = THREADS,
      paramLabel = "N",
      description = "How many threads work; the result does not depend on it (default: all cores).")
  @SuppressWarnings("unused") // Glissade asks the parser for it
  private int threads = Runtime.getRuntime().availableProcessors();

  /// What was given, if anything was.
  Optional<Long> givenSeed() {
    return seed;
  }

  long seed() {
    return seed.orElse(1L);
  }
}
