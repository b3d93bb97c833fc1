package dev.glissade.training;

import dev.glissade.file.AtomicFiles;
import dev.glissade.file.MalformedFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The last few checkpoints of a run, each in a file named after its episode: where the newest is
/// damaged, one before it serves.
///
/// @param path of the folder, which need not exist
record CheckpointFolder(Path path) {

  /// How many are kept.
  static final int KEPT = 3;

  /// The only one, in the first version.
  private static final String OLD = "latest.safetensors";

  private static final Pattern NAME = Pattern.compile("episode-(\\d{1,18})[.]safetensors");

  /// What can be gone on from.
  ///
  /// @param file where it lies
  /// @param damaged what is wrong with those after it
  record Found(Path file, Checkpoint checkpoint, List<MalformedFileException> damaged) {

    Found {
      damaged = List.copyOf(damaged);
    }
  }

  /// The file of a checkpoint.
  Path file(long episode) {
    return path.resolve("episode-" + episode + ".safetensors");
  }

  /// The newest checkpoint that is sound; empty if there is none at all.
  ///
  /// @throws MalformedFileException if all are damaged, with what is wrong with the newest
  Optional<Found> newest() throws IOException {
    List<MalformedFileException> damaged = new ArrayList<>();
    for (Path file : files()) {
      try {
        return Optional.of(new Found(file, CheckpointFile.read(file), damaged));
      } catch (MalformedFileException e) {
        damaged.add(e);
      }
    }
    if (!damaged.isEmpty()) {
      throw damaged.getFirst();
    }
    if (Files.exists(path.resolve(OLD))) {
      throw new MalformedFileException(
          path.resolve(OLD),
          "was written by a version that this one cannot go on from: begin a run elsewhere,"
              + " and start it from this one's best.safetensors");
    }
    return Optional.empty();
  }

  /// The episode of the newest checkpoint, sound or not; 0 if there is none.
  long newestEpisode() throws IOException {
    List<Path> files = files();
    return files.isEmpty() ? 0 : episode(files.getFirst());
  }

  /// Writes a checkpoint, whole or not at all, and drops all but the last few. Those of later
  /// episodes, which nobody could go on from, go first.
  void write(Checkpoint checkpoint, long episode) throws IOException {
    CheckpointFile.write(file(episode), checkpoint);
    int kept = 0;
    for (Path file : files()) {
      if (episode(file) > episode || kept == KEPT) {
        Files.deleteIfExists(file);
      } else {
        kept++;
      }
    }
  }

  /// Removes what a process that was killed has left. Nobody may be writing here now.
  void sweep() throws IOException {
    AtomicFiles.sweep(path);
  }

  /// All checkpoints, the newest first.
  private List<Path> files() throws IOException {
    if (!Files.isDirectory(path)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(path)) {
      return entries
          .filter(file -> episode(file) >= 0)
          .sorted(Comparator.comparingLong(CheckpointFolder::episode).reversed())
          .toList();
    }
  }

  /// The episode in a file's name; -1 if it is no checkpoint's.
  private static long episode(Path file) {
    Matcher name = NAME.matcher(file.getFileName().toString());
    return name.matches() ? Long.parseLong(name.group(1)) : -1;
  }
}
