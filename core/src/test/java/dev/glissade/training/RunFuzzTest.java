package dev.glissade.training;

import dev.glissade.Fuzz;
import dev.glissade.file.JsonObject;
import dev.glissade.file.Safetensors;
import dev.glissade.learned.Architectures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What lies in the folder of a run, and is not what it should be, is taken or refused.
class RunFuzzTest {

  @TempDir private Path folder;

  @Test
  void plans() {
    List<byte[]> sound =
        List.of(RunFolders.TRAINING, MetaTraining.of(Trainings.PARABOLAS).robust()).stream()
            .map(training -> training.toJson().toString().getBytes(StandardCharsets.UTF_8))
            .toList();
    PlanFormat.Sources sources =
        new PlanFormat.Sources(
            _ -> Trainings.PARABOLAS,
            Architectures.standard(),
            () -> {
              throw new IOException("no teacher");
            },
            () -> {
              throw new IOException("no start");
            });
    Fuzz.run(
        1,
        100_000,
        sound,
        bytes ->
            PlanFormat.read(JsonObject.parse(new String(bytes, StandardCharsets.UTF_8)), sources));
  }

  @Test
  void checkpoints() throws IOException {
    Path run = RunFolders.finished(folder.resolve("run"));
    Path name = Path.of("x");
    Fuzz.run(
        2,
        100_000,
        List.of(Files.readAllBytes(run.resolve(RunFolders.CHECKPOINT))),
        bytes -> CheckpointFile.from(name, Safetensors.parse(name, bytes)));
  }

  /// A log is never refused.
  @Test
  void metrics() throws IOException {
    Path run = RunFolders.finished(folder.resolve("run"));
    Path file = run.resolve("metrics.jsonl");
    byte[] sound = Files.readAllBytes(file);
    RunFolder opened = RunFolder.open(run);
    Fuzz.run(
        3,
        20_000,
        List.of(sound),
        bytes -> {
          Files.write(file, bytes);
          opened.metrics();
        });
  }
}
