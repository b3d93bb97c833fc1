package dev.glissade.app.dashboard;

import dev.glissade.training.TrainingMetrics;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// The last metrics of a run, from the end of their file: enough to tell how it goes, whatever its
/// length.
///
/// @param metrics of one process, in the order in which they were written
record LastLines(List<TrainingMetrics> metrics) {

  private static final int BYTES = 1 << 15;

  /// The lines by which a speed is told: those of a minute.
  private static final int ENOUGH = 24;

  LastLines {
    metrics = List.copyOf(metrics);
  }

  /// Reads the end of a file.
  static LastLines read(Path file) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      long from = Math.max(0, channel.size() - BYTES);
      channel.position(from);
      ByteBuffer buffer = ByteBuffer.allocate(BYTES);
      while (buffer.hasRemaining() && channel.read(buffer) > 0) {}
      String text = new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
      return of(text.split("\n"));
    }
  }

  /// Reads lines from the last one back, as many as are needed. One that is cut off, as the first
  /// and the last may be, is none; and where a run was resumed the time begins anew.
  private static LastLines of(String[] lines) {
    Deque<TrainingMetrics> last = new ArrayDeque<>();
    boolean validated = false;
    for (int i = lines.length - 1; i >= 0 && (last.size() < ENOUGH || !validated); i--) {
      Optional<TrainingMetrics> line = TrainingMetrics.parse(lines[i]);
      if (line.isPresent()) {
        if (!last.isEmpty() && line.get().seconds() > last.getFirst().seconds()) {
          break;
        }
        last.addFirst(line.get());
        validated |= line.get().isValidation();
      }
    }
    return new LastLines(List.copyOf(last));
  }

  Optional<TrainingMetrics> latest() {
    return metrics.isEmpty() ? Optional.empty() : Optional.of(metrics.getLast());
  }

  /// The latest that tell of an episode.
  Optional<TrainingMetrics> latestDone() {
    return latest(metrics -> metrics.phase() == TrainingMetrics.Phase.DONE);
  }

  /// The latest that tell of a validation.
  Optional<TrainingMetrics> latestValidation() {
    return latest(TrainingMetrics::isValidation);
  }

  private Optional<TrainingMetrics> latest(Predicate<TrainingMetrics> wanted) {
    return metrics.reversed().stream().filter(wanted).findFirst();
  }

  /// How many episodes a second were made of late; NaN if that cannot be told yet.
  double episodesPerSecond() {
    if (metrics.size() < 2) {
      return Double.NaN;
    }
    double seconds = metrics.getLast().seconds() - metrics.getFirst().seconds();
    double episodes = position(metrics.getLast()) - position(metrics.getFirst());
    return seconds > 0 && episodes > 0 ? episodes / seconds : Double.NaN;
  }

  /// How many episodes are done, with the part of the next one.
  static double position(TrainingMetrics metrics) {
    return metrics.episode()
        + (metrics.phase() == TrainingMetrics.Phase.EPISODE ? Math.min(1, metrics.part()) : 0);
  }

  /// The longest time between two lines, in seconds; 0 if there is none.
  double longestGap() {
    double longest = 0;
    for (int i = 1; i < metrics.size(); i++) {
      longest = Math.max(longest, metrics.get(i).seconds() - metrics.get(i - 1).seconds());
    }
    return longest;
  }
}
