package dev.glissade.training;

import dev.glissade.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Runs in folders, for tests.
final class RunFolders {

  static final MetaTraining TRAINING = Trainings.of(Trainings.PARABOLAS);
  static final String CHECKPOINT = "checkpoints/episode-6.safetensors";

  private RunFolders() {}

  static Outcome resume(Path path) throws IOException {
    return resume(path, Trainings.PARABOLAS, TrainingListener.silent());
  }

  static Outcome resume(Path path, Problem problem, TrainingListener listener) throws IOException {
    RunFolder run = RunFolder.open(path);
    MetaTraining training = run.training(_ -> problem);
    try (RunKeeper keeper = run.resume(training)) {
      return training.run(keeper, listener);
    }
  }

  /// A run that is over.
  static Path finished(Path path) throws IOException {
    RunFolder.create(path, TRAINING);
    resume(path);
    return path;
  }

  /// All files and what is in them.
  static Map<String, String> contents(Path path) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(
            path.relativize(file).toString(),
            new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
    }
    return contents;
  }
}
