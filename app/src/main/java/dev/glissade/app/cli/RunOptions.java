package dev.glissade.app.cli;

import java.util.Optional;
import picocli.CommandLine.Option;

/// The options that every computation has.
final class RunOptions {

  @Option(names = "--seed", paramLabel = "N", description = "Of everything random (default: 1).")
  private Optional<Long> seed = Optional.empty();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "How many threads work; the result does not depend on it (default: all cores).")
  private Optional<Integer> threads = Optional.empty();

  /// What was given, if anything was.
  Optional<Long> givenSeed() {
    return seed;
  }

  long seed() {
    return seed.orElse(1L);
  }

  int threads() {
    int count = threads.orElseGet(() -> Runtime.getRuntime().availableProcessors());
    if (count < 1) {
      throw new IllegalArgumentException("--threads must be >= 1, got " + count);
    }
    return count;
  }
}
