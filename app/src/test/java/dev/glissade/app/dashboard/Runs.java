package dev.glissade.app.dashboard;

import dev.glissade.Problem;
import dev.glissade.learned.Lstm;
import dev.glissade.learned.Preprocessing;
import dev.glissade.meta.Episodes;
import dev.glissade.problem.Quadratic;
import dev.glissade.problem.RandomProblem;
import dev.glissade.training.MetaTraining;
import dev.glissade.training.RunFolder;
import dev.glissade.training.Validation;
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

  /// A training that takes a moment: a validation after every tenth episode.
  static MetaTraining training(long episodes) {
    return MetaTraining.of(PROBLEM)
        .withFamily(new Lstm(1, 4, new Preprocessing.Identity(), 0.1))
        .withEpisodes(new Episodes(episodes, 10, 3))
        .withSteps(10)
        .withValidation(new Validation(10, 4));
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
