package dev.glissade.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glissade.file.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A run whose process dies, or cannot write a file, goes on as if nothing had been.
class DeadRunTest {

  @TempDir private Path folder;

  private static final class CutOffException extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /// Keeps checkpoints until the process dies in the midst of a save.
  private record Dying(RunKeeper keeper, int saves, AtomicInteger count) implements Checkpoints {
    @Override
    public Optional<Checkpoint> latest() throws IOException {
      return keeper.latest();
    }

    @Override
    public void record(TrainingMetrics metrics) throws IOException {
      keeper.record(metrics);
    }

    @Override
    public void save(Checkpoint checkpoint, TrainingMetrics metrics) throws IOException {
      if (count.incrementAndGet() == saves) {
        throw new CutOffException();
      }
      keeper.save(checkpoint, metrics);
    }
  }

  /// Where updates are left out, there are fewer than draws, and both must go on.
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 8})
  void aRunThatDiesGoesOnBitForBit(int saves) throws IOException {
    MetaTraining training = Trainings.of(Trainings.STEEP_AT_TIMES).withEpisodes(16);
    Path whole = folder.resolve("whole");
    RunFolder.create(whole, training);
    Outcome expected =
        RunFolders.resume(whole, Trainings.STEEP_AT_TIMES, TrainingListener.silent());
    Checkpoint last = RunFolder.open(whole).checkpoint().orElseThrow();
    assertThat(last.draws()).isEqualTo(32);
    assertThat(last.updates()).isLessThan(30).isPositive();

    Path broken = folder.resolve("broken");
    RunFolder run = RunFolder.create(broken, training);
    try (RunKeeper keeper = run.resume(training)) {
      Dying dying = new Dying(keeper, saves, new AtomicInteger());
      assertThatThrownBy(() -> training.run(dying, TrainingListener.silent()))
          .isInstanceOf(CutOffException.class);
    }
    Outcome resumed =
        RunFolders.resume(broken, Trainings.STEEP_AT_TIMES, TrainingListener.silent());

    assertThat(resumed.weights()).containsExactly(expected.weights());
    assertThat(resumed.startLoss()).isEqualTo(expected.startLoss());
    assertThat(broken.resolve(RunFolders.CHECKPOINT))
        .hasSameBinaryContentAs(whole.resolve(RunFolders.CHECKPOINT));
    assertThat(RunFolder.best(broken)).hasSameBinaryContentAs(RunFolder.best(whole));
    assertThat(values(broken)).isEqualTo(values(whole));
  }

  /// The metrics of validations, without what depends on the process.
  private static List<JsonObject> values(Path path) throws IOException {
    return RunFolder.open(path).metrics().stream()
        .filter(TrainingMetrics::isValidation)
        .map(metrics ->
            JsonObject.empty()
                .with("episode", metrics.episode())
                .with("metaLoss", metrics.metaLoss())
                .with("gradientNorm", metrics.gradientNorm())
                .with("learningRate", metrics.learningRate())
                .with("validationLoss", metrics.validationLoss())
                .with("bestLoss", metrics.bestLoss()))
        .toList();
  }

  /// One of the files of a save cannot be written, at the first save and at the last.
  @ParameterizedTest
  @CsvSource({
    "1, checkpoints",
    "1, best.safetensors",
    "3, checkpoints/latest.safetensors",
    "3, best.safetensors"
  })
  void aRunThatFailsBetweenTwoFilesGoesOn(int saves, String name) throws IOException {
    Path whole = RunFolders.finished(folder.resolve("whole"));
    Path broken = folder.resolve("broken");
    RunFolder run = RunFolder.create(broken, RunFolders.TRAINING);
    Path file = broken.resolve(name);
    Path aside = folder.resolve("aside");
    try (RunKeeper keeper = run.resume(RunFolders.TRAINING)) {
      Checkpoints obstructed =
          new Checkpoints() {
            private int count;

            @Override
            public Optional<Checkpoint> latest() throws IOException {
              return keeper.latest();
            }

            @Override
            public void record(TrainingMetrics metrics) {}

            @Override
            public void save(Checkpoint checkpoint, TrainingMetrics metrics) throws IOException {
              if (++count == saves) {
                obstruct(file, aside);
              }
              keeper.save(checkpoint, metrics);
            }
          };
      assertThatThrownBy(() -> RunFolders.TRAINING.run(obstructed, TrainingListener.silent()))
          .isInstanceOf(IOException.class);
    }
    clear(file, aside);
    RunFolders.resume(broken);
    assertThat(broken.resolve(RunFolders.CHECKPOINT))
        .hasSameBinaryContentAs(whole.resolve(RunFolders.CHECKPOINT));
    assertThat(RunFolder.best(broken)).hasSameBinaryContentAs(RunFolder.best(whole));
  }

  /// Puts something in the place of a file that cannot be written over.
  private static void obstruct(Path file, Path aside) throws IOException {
    if (Files.exists(file)) {
      Files.move(file, aside);
    }
    if (file.endsWith("checkpoints")) {
      Files.createFile(file);
    } else {
      Files.createDirectories(file.resolve("something"));
    }
  }

  private static void clear(Path file, Path aside) throws IOException {
    if (Files.isDirectory(file)) {
      Files.delete(file.resolve("something"));
    }
    Files.delete(file);
    if (Files.exists(aside)) {
      Files.move(aside, file);
    }
  }
}
