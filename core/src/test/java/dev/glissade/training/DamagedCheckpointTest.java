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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A checkpoint that is not what was written is named, and neither gone on from nor replaced.
class DamagedCheckpointTest {

  @TempDir private Path folder;

  @Test
  void aCheckpointThatIsGoneIsNotTakenForABeginning() throws IOException {
    Path path = RunFolders.finished(folder.resolve("run"));
    Files.delete(path.resolve(RunFolders.CHECKPOINT));
    Map<String, String> before = RunFolders.contents(path);
    assertThatThrownBy(() -> RunFolders.resume(path))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("has a best.safetensors but no checkpoints/latest.safetensors");
    before.remove("lock");
    Map<String, String> after = RunFolders.contents(path);
    after.remove("lock");
    assertThat(after).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 200})
  void aCheckpointThatIsCutOffIsNamed(int length) throws IOException {
    Path path = RunFolders.finished(folder.resolve("run"));
    Path file = path.resolve(RunFolders.CHECKPOINT);
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), length));
    assertRefused(path);
  }

  private static void assertRefused(Path path) throws IOException {
    Map<String, String> before = RunFolders.contents(path);
    assertThatThrownBy(() -> RunFolders.resume(path))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageStartingWith(path.resolve(RunFolders.CHECKPOINT) + ": ");
    assertThat(RunFolders.contents(path).get("metrics.jsonl"))
        .isEqualTo(before.get("metrics.jsonl"));
  }

  @ParameterizedTest
  @CsvSource({
    "draws, x",
    "draws, -1",
    "draws, 11", // in mid-episode
    "updates, 13",
    "bestLoss, ''",
    "bestEpisode, 1.5"
  })
  void aCheckpointOfWrongNumbersIsNamed(String key, String value) throws IOException {
    Path path = RunFolders.finished(folder.resolve("run"));
    Safetensors stored = Safetensors.read(path.resolve(RunFolders.CHECKPOINT));
    JsonObject metadata = stored.metadata();
    metadata = metadata.with(key, value);
    if (value.equals("11")) {
      metadata = metadata.with("updates", value);
    }
    CheckpointFile.signed(metadata, stored.tensors()).write(path.resolve(RunFolders.CHECKPOINT));
    assertRefused(path);
  }

  /// One bit of any array, or another number, gives another optimizer, and nothing else would tell.
  @ParameterizedTest
  @ValueSource(
      strings = {"weights", "best", "outer/0", "outer/1", "bestLoss", "startLoss", "updates"})
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
    assertThatThrownBy(() -> RunFolders.resume(path))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageStartingWith(path.resolve(RunFolders.CHECKPOINT) + ": ")
        .hasMessageContaining("checksum");
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
}
