package dev.glissade.training;

import dev.glissade.file.AtomicFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// The metrics of a run, one JSON object a line, appended to while the run lasts.
final class MetricsLog {

  private final Path file;

  MetricsLog(Path file) {
    this.file = file;
  }

  Path file() {
    return file;
  }

  void append(TrainingMetrics metrics) throws IOException {
    try {
      Files.writeString(
          file, metrics.toJson() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw AtomicFiles.naming(file, e);
    }
  }

  /// All lines that can be read, signs of life aside. A line that is cut off or damaged is passed
  /// over, and nothing is written: another process may be about to finish it.
  List<TrainingMetrics> read() throws IOException {
    if (!Files.isRegularFile(file)) {
      return List.of();
    }
    List<TrainingMetrics> metrics = new ArrayList<>();
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    text.lines()
        .forEach(line ->
            TrainingMetrics.parse(line)
                .filter(it -> it.phase() == TrainingMetrics.Phase.DONE)
                .ifPresent(metrics::add));
    return List.copyOf(metrics);
  }

  /// Drops what cannot be read, signs of life, and the lines of episodes after this one: they will
  /// be written again.
  void keepUntil(long episode) throws IOException {
    StringBuilder kept = new StringBuilder();
    for (TrainingMetrics metrics : read()) {
      if (metrics.episode() <= episode) {
        kept.append(metrics.toJson()).append('\n');
      }
    }
    if (Files.exists(file)) {
      AtomicFiles.write(file, kept.toString().getBytes(StandardCharsets.UTF_8));
    }
  }
}
