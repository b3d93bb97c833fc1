package dev.glissade.app.dashboard;

import dev.glissade.Problem;
import dev.glissade.problem.Quadratic;
import dev.glissade.problem.RandomProblem;
import dev.glissade.training.MetaTraining;
import dev.glissade.training.RunFolder;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// Folders of runs, for tests.
final class Runs {

  private static final Problem PROBLEM =
      RandomProblem.of("quadratic", random -> Quadratic.gaussian(random, 10, 1));

  private Runs() {}

  /// A run of 1,000 episodes of which nothing is made.
  static Path create(Path path) throws IOException {
    RunFolder.create(path, MetaTraining.of(PROBLEM).withEpisodes(1000));
    return path;
  }

  /// A line of metrics.
  static String line(long episode, boolean validated) {
    return String.format(
        Locale.ROOT,
        "{\"episode\":%d,\"metaLoss\":%s,\"gradientNorm\":%s,\"learningRate\":0.01,%s\"bestLoss\":0.125,"
            + "\"nonFinite\":3,\"seconds\":%s}",
        episode,
        100.0 / episode,
        10.0 / episode,
        validated ? "\"validated\":true,\"validationLoss\":0.25," : "",
        episode / 4.0);
  }

  /// Metrics of so many episodes, each tenth with a validation.
  static void metrics(Path path, long episodes) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(path.resolve("metrics.jsonl"))) {
      for (long e = 1; e <= episodes; e++) {
        out.write(line(e, e % 10 == 0));
        out.newLine();
      }
    }
  }

  /// A lock as a process leaves it.
  static void lock(Path path, long pid, String host) throws IOException {
    Files.writeString(path.resolve("lock"), "pid %s on %s".formatted(pid, host));
  }
}
