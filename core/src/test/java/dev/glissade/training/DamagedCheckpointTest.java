package dev.glissade.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glissade.file.JsonObject;
import dev.glissade.file.MalformedFileException;
import dev.glissade.file.Safetensors;
import dev.glissade.file.Safetensors.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A checkpoint that is not what was written is named, and the one before it serves: the run ends
/// as if nothing had happened. Where all are damaged, none is replaced.
class DamagedCheckpointTest {

  @TempDir private Path folder;

  private static final List<String> KEPT =
      List.of(
          RunFolders.CHECKPOINT,
          "checkpoints/episode-4.safetensors",
          "checkpoints/episode-2.safetensors");

  @Test
  void checkpointsThatAreGoneAreNotTakenForABeginning() throws IOException {
    Path path = RunFolders.finished(folder.resolve("run"));
    for (String kept : KEPT) {
      Files.delete(path.resolve(kept));
    }
    Map<String, String> before = RunFolders.contents(path);
    assertThatThrownBy(() -> RunFolders.resume(path))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("has a best.safetensors but no checkpoint to go on from");
    assertThat(RunFolders.contents(path)).isEqualTo(before);
  }

  /// What the first version wrote has no checksum and fewer numbers.
  @Test
  void theCheckpointOfAnOlderVersionIsNamed() throws IOException {
    Path path = RunFolders.finished(folder.resolve("run"));
    for (String kept : KEPT) {
      Files.delete(path.resolve(kept));
    }
    Path old = Files.write(path.resolve("checkpoints/latest.safetensors"), new byte[9]);
    assertThatThrownBy(() -> RunFolders.resume(path))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageStartingWith(old + ": was written by a version");
  }

  @Test
  void theLastThreeAreKept() throws IOException {
    Path path = folder.resolve("run");
    MetaTraining training = RunFolders.TRAINING.withEpisodes(9);
    RunFolder run = RunFolder.create(path, training);
    try (RunKeeper keeper = run.resume(training, Duration.ZERO)) {
      training.run(keeper, TrainingListener.silent());
    }
    assertThat(checkpoints(path))
        .containsExactly("episode-7.safetensors", "episode-8.safetensors", "episode-9.safetensors");
  }

  /// Otherwise each later resume would name it again, and it would take a place among the three.
  @Test
  void aDamagedOneOfAnEpisodeThatIsStillToComeIsDropped() throws IOException {
    Path path = folder.resolve("run");
    MetaTraining training = RunFolders.TRAINING.withEpisodes(9);
    RunFolder run = RunFolder.create(path, training);
    try (RunKeeper keeper = run.resume(training, Duration.ZERO)) {
      training.run(keeper, TrainingListener.silent());
    }
    Files.write(path.resolve("checkpoints/episode-9.safetensors"), new byte[7]);
    Files.write(path.resolve("checkpoints/episode-8.safetensors"), new byte[7]);
    try (RunKeeper keeper = run.resume(training)) {
      Checkpoint sound = keeper.latest().orElseThrow();
      assertThat(keeper.damaged()).hasSize(2);
      new CheckpointFolder(path.resolve("checkpoints")).write(sound, 7);
    }
    assertThat(checkpoints(path)).containsExactly("episode-7.safetensors");
  }

  private static List<String> checkpoints(Path path) throws IOException {
    try (Stream<Path> files = Files.list(path.resolve("checkpoints"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 200})
  void aCheckpointThatIsCutOffIsPassedOver(int length) throws IOException {
    Path path = RunFolders.finished(folder.resolve("run"));
    Map<String, String> before = RunFolders.contents(path);
    Path file = path.resolve(RunFolders.CHECKPOINT);
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), length));
    assertPassedOver(path, before);
  }

  /// The newest is named, and the run goes on from the one before it to the same end.
  private static void assertPassedOver(Path path, Map<String, String> before) throws IOException {
    try (RunKeeper keeper = RunFolder.open(path).resume(RunFolders.TRAINING)) {
      assertThat(keeper.latest().orElseThrow().progress().draws()).isEqualTo(8);
      assertThat(keeper.damaged()).hasSize(1);
      assertThat(keeper.damaged().getFirst())
          .hasMessageStartingWith(path.resolve(RunFolders.CHECKPOINT) + ": ");
    }
    RunFolders.resume(path);
    Map<String, String> after = RunFolders.contents(path);
    for (String file : List.of(RunFolders.CHECKPOINT, "best.safetensors")) {
      assertThat(after.get(file)).isEqualTo(before.get(file));
    }
  }

  /// No sound one is left: nothing is written.
  private static void assertRefused(Path path) throws IOException {
    for (String other : KEPT.subList(1, KEPT.size())) {
      Files.write(path.resolve(other), new byte[7]);
    }
    Map<String, String> before = RunFolders.contents(path);
    assertThatThrownBy(() -> RunFolders.resume(path))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageStartingWith(path.resolve(RunFolders.CHECKPOINT) + ": ");
    assertThat(RunFolders.contents(path)).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({
    "draws, x",
    "draws, -1",
    "updates, 13",
    "format, glissade.checkpoint/1",
    "rewinds, 1e2",
    "unscoredLoss, x",
    "bestLoss, ''",
    "bestEpisode, 1.5"
  })
  void aCheckpointOfWrongNumbersIsNamed(String key, String value) throws IOException {
    Path path = RunFolders.finished(folder.resolve("run"));
    Safetensors stored = Safetensors.read(path.resolve(RunFolders.CHECKPOINT));
    JsonObject metadata = stored.metadata();
    metadata = metadata.with(key, value);
    CheckpointFile.signed(metadata, stored.tensors()).write(path.resolve(RunFolders.CHECKPOINT));
    assertRefused(path);
  }

  /// One bit of any array, or another number, gives another optimizer, and nothing else would tell.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "weights",
        "best",
        "outer/0",
        "outer/1",
        "bestLoss",
        "startLoss",
        "updates",
        "rewinds",
        "unscoredLoss"
      })
  void aCheckpointThatWasChangedIsNamed(String what) throws IOException {
    Path path = RunFolders.finished(folder.resolve("run"));
    Safetensors stored = Safetensors.read(path.resolve(RunFolders.CHECKPOINT));
    JsonObject metadata = stored.metadata();
    Map<String, Tensor> tensors = new LinkedHashMap<>(stored.tensors());
    if (tensors.containsKey(what)) {
      Tensor tensor = tensors.get(what);
      float[] values = tensor.floats();
      values[values.length - 1] = Math.nextUp(values[values.length - 1]);
      tensors.put(what, Tensor.of(tensor.shape(), values));
    } else {
      metadata = metadata.with(what, what.equals("updates") ? "11" : "0.5");
    }
    new Safetensors(metadata, tensors).write(path.resolve(RunFolders.CHECKPOINT));
    assertRefused(path);
    assertThatThrownBy(() -> RunFolders.resume(path)).hasMessageContaining("checksum");
  }

  private static Tensor zeros(int size) {
    return Tensor.of(List.of(size), new float[size]);
  }

  @ParameterizedTest
  @ValueSource(strings = {"weights", "best", "outer/0", "outer/1", "both", "nan"})
  void aCheckpointOfAnotherOptimizerIsNamed(String what) throws IOException {
    Path path = RunFolders.finished(folder.resolve("run"));
    Safetensors stored = Safetensors.read(path.resolve(RunFolders.CHECKPOINT));
    Map<String, Tensor> tensors = new LinkedHashMap<>(stored.tensors());
    switch (what) {
      case "both" -> {
        tensors.put("weights", zeros(3));
        tensors.put("best", zeros(3));
      }
      case "nan" -> {
        float[] best = stored.floats("best");
        best[1] = Float.NaN;
        tensors.put("best", Tensor.of(List.of(best.length), best));
      }
      case "outer/1" -> tensors.remove(what);
      default -> tensors.put(what, zeros(3));
    }
    CheckpointFile.signed(stored.metadata(), tensors).write(path.resolve(RunFolders.CHECKPOINT));
    assertRefused(path);
  }

  /// It is sound, and nothing that this run has written: going on from another would hide that.
  @Test
  void aCheckpointInMidEpisodeIsOfAnotherTraining() throws IOException {
    Path path = RunFolders.finished(folder.resolve("run"));
    Safetensors stored = Safetensors.read(path.resolve(RunFolders.CHECKPOINT));
    JsonObject metadata = stored.metadata().with("draws", "11").with("updates", "11");
    CheckpointFile.signed(metadata, stored.tensors()).write(path.resolve(RunFolders.CHECKPOINT));
    assertThatThrownBy(() -> RunFolders.resume(path))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("is of another training");
  }
}
