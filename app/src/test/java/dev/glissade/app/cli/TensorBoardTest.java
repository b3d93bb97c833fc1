package dev.glissade.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glissade.app.tensorboard.EventReader;
import dev.glissade.app.tensorboard.EventReader.Event;
import dev.glissade.app.tensorboard.EventReader.Value;
import dev.glissade.training.RunFolder;
import dev.glissade.training.TrainingMetrics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `train --tensorboard` leaves is what the run measured.
class TensorBoardTest {

  @TempDir private Path folder;

  private Path events() {
    return folder.resolve("events");
  }

  private List<Float> values(String tag) throws IOException {
    return EventReader.folder(events()).stream()
        .flatMap(event -> event.values().stream())
        .filter(value -> value.tag().equals(tag))
        .map(Value::number)
        .toList();
  }

  private Cli train(String run) {
    Object[] training = {
      "train",
      "quadratic",
      "-o",
      folder.resolve(run),
      "--tensorboard",
      events(),
      "--episodes",
      30,
      "--steps",
      10,
      "--unroll",
      5,
      "--batch",
      2,
      "--hidden",
      2,
      "--validate-every",
      10,
      "--validation-instances",
      2,
      "--threads",
      1
    };
    return Cli.run(folder, training);
  }

  @Test
  void aTrainingWritesWhatItMeasures() throws IOException {
    assertThat(train("run").code()).isZero();
    List<Float> losses =
        RunFolder.open(folder.resolve("run")).metrics().stream()
            .filter(TrainingMetrics::isValidation)
            .map(it -> (float) it.validationLoss())
            .toList();
    assertThat(losses).hasSize(3);
    assertThat(values("validation/loss")).hasSize(4).endsWith(losses.toArray(new Float[0]));
    assertThat(values("training/meta-loss")).isNotEmpty().allMatch(Float::isFinite);
    assertThat(values("training/gradient-norm")).isNotEmpty().allMatch(it -> it > 0);
    assertThat(values("training/learning-rate")).isNotEmpty();
    assertThat(values("training/skipped")).containsOnly(0f);
  }

  @Test
  void aRunThatGoesOnGoesOnWithItsEvents() throws IOException {
    assertThat(train("run").code()).isZero();
    Cli longer =
        Cli.run(
            folder,
            "train",
            "--resume",
            folder.resolve("run"),
            "--episodes",
            50,
            "--tensorboard",
            events());
    assertThat(longer.code()).as(longer.err()).isZero();
    assertThat(
            EventReader.folder(events()).stream()
                .filter(it -> it.values().stream().anyMatch(v -> v.tag().equals("validation/loss")))
                .map(Event::step))
        .containsExactly(0L, 10L, 20L, 30L, 40L, 50L);
  }

  @Test
  void anotherRunNeedsAnotherFolder() {
    train("run");
    Cli other = train("other");
    assertThat(other.code()).isEqualTo(1);
    assertThat(other.err()).contains(events() + " holds events of another run already");
    assertThat(folder.resolve("other/run.json")).doesNotExist();
  }
}
