package dev.glissade.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glissade.file.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A run whose process dies, or cannot write a file, goes on as if nothing had been.
class DeadRunTest {

  @TempDir private Path folder;

  private static final class CutOffException extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /// Hands checkpoints on until something happens to the process.
  private record Obstructed(RunKeeper keeper, Trouble trouble) implements Checkpoints {

    /// What happens before an episode is taken note of.
    interface Trouble {
      void meet(TrainingMetrics metrics) throws IOException;
    }

    @Override
    public Optional<Checkpoint> latest() throws IOException {
      return keeper.latest();
    }

    @Override
    public void record(Checkpoint checkpoint, TrainingMetrics metrics) throws IOException {
      trouble.meet(metrics);
      keeper.record(checkpoint, metrics);
    }
  }

  /// Where updates are left out, there are fewer than draws, and both must go on. Validations are
  /// after every second episode: what is summed between them must go on, too.
  @ParameterizedTest
  @CsvSource({"1, 0", "2, 0", "5, 0", "8, 0", "5, 120", "16, 120"})
  void aRunThatDiesGoesOnBitForBit(int dies, int every) throws IOException {
    MetaTraining training = Trainings.of(Trainings.STEEP_AT_TIMES).withEpisodes(16);
    Path whole = folder.resolve("whole");
    RunFolder.create(whole, training);
    Outcome expected =
        RunFolders.resume(whole, Trainings.STEEP_AT_TIMES, TrainingListener.silent());
    Checkpoint last = RunFolder.open(whole).checkpoint().orElseThrow();
    assertThat(last.progress().draws()).isEqualTo(32);
    assertThat(last.progress().updates()).isLessThan(30).isPositive();

    Path broken = folder.resolve("broken");
    RunFolder run = RunFolder.create(broken, training);
    try (RunKeeper keeper = run.resume(training, Duration.ofSeconds(every))) {
      Checkpoints dying =
          new Obstructed(
              keeper,
              metrics -> {
                if (metrics.episode() == dies) {
                  throw new CutOffException();
                }
              });
      assertThatThrownBy(() -> training.run(dying, TrainingListener.silent()))
          .isInstanceOf(CutOffException.class);
    }
    assertThat(run.checkpoint().map(it -> it.progress().draws()))
        .isEqualTo(Optional.of(2L * (dies - 1)).filter(draws -> draws > 0));
    Outcome resumed =
        RunFolders.resume(broken, Trainings.STEEP_AT_TIMES, TrainingListener.silent());

    assertThat(resumed.weights()).containsExactly(expected.weights());
    assertThat(resumed.startLoss()).isEqualTo(expected.startLoss());
    String end = "checkpoints/episode-16.safetensors";
    assertThat(broken.resolve(end)).hasSameBinaryContentAs(whole.resolve(end));
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

  /// One of the files of a checkpoint cannot be written, at the first one and at the last.
  @ParameterizedTest
  @CsvSource({
    "2, checkpoints",
    "2, best.safetensors",
    "6, checkpoints/episode-6.safetensors",
    "6, best.safetensors"
  })
  void aRunThatFailsBetweenTwoFilesGoesOn(int fails, String name) throws IOException {
    Path whole = RunFolders.finished(folder.resolve("whole"));
    Path broken = folder.resolve("broken");
    RunFolder run = RunFolder.create(broken, RunFolders.TRAINING);
    Path file = broken.resolve(name);
    Path aside = folder.resolve("aside");
    RunKeeper keeper = run.resume(RunFolders.TRAINING);
    try {
      Checkpoints obstructed =
          new Obstructed(
              keeper,
              metrics -> {
                if (metrics.episode() == fails) {
                  obstruct(file, aside);
                }
              });
      assertThatThrownBy(() -> RunFolders.TRAINING.run(obstructed, TrainingListener.silent()))
          .isInstanceOf(IOException.class);
    } finally {
      assertThatThrownBy(keeper::close).isInstanceOf(IOException.class);
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
