package dev.glissade.app.cli;

import java.util.Optional;
import picocli.CommandLine.Option;

/// The options that every computation has.
final class RunOptions {

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of everything random (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "How many threads work; the result does not depend on it (default: all cores).")
  private Optional<Integer> threads = Optional.empty();

  long seed() {
    return seed;
  }

  int threads() {
    int count = threads.orElseGet(() -> Runtime.getRuntime().availableProcessors());
    if (count < 1) {
      throw new IllegalArgumentException("--threads must be >= 1, got " + count);
    }
    return count;
  }
}
