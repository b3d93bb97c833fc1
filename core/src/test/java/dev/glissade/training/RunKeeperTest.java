package dev.glissade.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glissade.training.Trainings.Counting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The folder of a run is written by one, who begins with what is left of the last one.
class RunKeeperTest {

  @TempDir private Path folder;

  /// Whoever is killed while a file is written leaves its temporary.
  @Test
  void whatKilledProcessesLeftIsSweptByTheNextOne() throws IOException {
    Path path = RunFolders.finished(folder.resolve("killed"));
    Map<String, String> before = RunFolders.contents(path);
    String end = ".123e4567-e89b-12d3-a456-426614174000.tmp";
    Files.writeString(path.resolve(".best.safetensors" + end), "half of it");
    Files.writeString(path.resolve("checkpoints/.episode-6.safetensors" + end), "half of it");
    RunFolders.resume(path);
    assertThat(RunFolders.contents(path).keySet()).isEqualTo(before.keySet());
  }

  /// What was written after the checkpoint, or in part, will be written again.
  @Test
  void resumingDropsLinesThatWillBeWrittenAgain() throws IOException {
    Path path = RunFolders.finished(folder.resolve("run"));
    List<String> lines = Files.readAllLines(path.resolve("metrics.jsonl"));
    Files.writeString(
        path.resolve("metrics.jsonl"),
        lines.getLast().replace("\"episode\":6", "\"episode\":7") + "\n{\"episode\":3,\"met",
        StandardOpenOption.APPEND);
    assertThat(RunFolder.open(path).metrics()).hasSize(lines.size() + 1);
    RunFolders.resume(path);
    assertThat(Files.readAllLines(path.resolve("metrics.jsonl"))).isEqualTo(lines);
  }

  /// It is a log, and nothing depends on it.
  @Test
  void aDamagedLogForbidsNothing() throws IOException {
    Path path = RunFolders.finished(folder.resolve("run"));
    byte[] noise = new byte[300];
    new Random(1).nextBytes(noise);
    Files.write(path.resolve("metrics.jsonl"), noise);
    assertThat(RunFolder.open(path).metrics()).isEmpty();
    assertThat(RunFolders.resume(path).episode())
        .isEqualTo(RunFolder.open(path).checkpoint().get().best().episode());
  }

  @Test
  void aFolderInPlaceOfTheLogIsNamed() throws IOException {
    Path path = RunFolders.finished(folder.resolve("run"));
    Files.delete(path.resolve("metrics.jsonl"));
    Files.createDirectories(path.resolve("metrics.jsonl/in-the-way"));
    assertThatThrownBy(() -> RunFolders.resume(path))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(path.resolve("metrics.jsonl") + ": ");
  }

  @Test
  void oneRunIsResumedByOneInThisProcess() throws IOException {
    Path path = RunFolders.finished(folder.resolve("run"));
    String self = "(pid " + ProcessHandle.current().pid() + " on ";
    try (RunKeeper _ = RunFolder.open(path).resume(RunFolders.TRAINING)) {
      for (int i = 0; i < 2; i++) { // a first attempt must not let go of the lock
        assertThatThrownBy(() -> RunFolder.open(path).resume(RunFolders.TRAINING))
            .isInstanceOf(IOException.class)
            .hasMessageContaining(self)
            .hasMessageContaining("trains in " + path);
      }
    }
    RunFolder.open(path).resume(RunFolders.TRAINING).close(); // now it is free
  }

  @Test
  void oneRunIsResumedByOneProcess() throws IOException, InterruptedException {
    Path path = RunFolders.finished(folder.resolve("run"));
    assertThat(inAnotherProcess(path)).isEqualTo("resumed");
    try (RunKeeper _ = RunFolder.open(path).resume(RunFolders.TRAINING)) {
      // the lock itself must not be read here: that would release it
      String refused =
          "another process \\(pid %s on \\S+\\) trains in %s"
              .formatted(ProcessHandle.current().pid(), path);
      assertThat(inAnotherProcess(path)).matches(refused);
      assertThatThrownBy(() -> RunFolder.open(path).resume(RunFolders.TRAINING))
          .isInstanceOf(IOException.class);
      assertThat(inAnotherProcess(path)).matches(refused);
    }
  }

  /// Whoever looks at a run that goes on does not let go of its lock either.
  @Test
  void lookingDoesNotUnlock() throws IOException, InterruptedException {
    Path path = RunFolders.finished(folder.resolve("run"));
    try (RunKeeper _ = RunFolder.open(path).resume(RunFolders.TRAINING)) {
      RunFolder.open(path).metrics();
      RunFolder.open(path).checkpoint();
      assertThat(inAnotherProcess(path)).startsWith("another process (pid ");
    }
  }

  private static String inAnotherProcess(Path path) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                Resume.class.getName(),
                path.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output.strip();
  }

  /// Tries to resume a run.
  static final class Resume {
    private Resume() {}

    public static void main(String[] arguments) {
      try (RunKeeper _ = RunFolder.open(Path.of(arguments[0])).resume(RunFolders.TRAINING)) {
        System.out.println("resumed");
      } catch (IOException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  @Test
  void theBestIsRestoredFromTheCheckpoint() throws IOException {
    Path path = RunFolders.finished(folder.resolve("run"));
    Path best = RunFolder.best(path);
    Path copy = folder.resolve("copy");
    Files.copy(best, copy);
    Files.delete(best);
    RunFolders.resume(path);
    assertThat(best).hasSameBinaryContentAs(copy);
  }

  /// An update may be too large for a float: the training says so, and can be looked at and resumed
  /// like any other.
  @ParameterizedTest
  @ValueSource(doubles = {1e30, 3e38})
  void aTrainingWhoseWeightsOverflowGoesOnToItsEnd(double learningRate) throws IOException {
    Path path = folder.resolve("run");
    MetaTraining training = RunFolders.TRAINING.withLearningRate(learningRate);
    RunFolder run = RunFolder.create(path, training);
    Outcome outcome;
    try (RunKeeper keeper = run.resume(training)) {
      outcome = training.run(keeper, TrainingListener.silent());
    }
    assertThat(outcome.nonFiniteCount()).isPositive();
    assertThat(outcome.episode()).isZero();
    assertThat(outcome.improved()).isFalse();
    assertThat(outcome.weights()).isEqualTo(training.initialWeights());
    assertThat(RunFolders.resume(path).weights()).isEqualTo(outcome.weights());
  }

  /// No objective is drawn: neither for a validation nor for an unroll.
  @Test
  void aFinishedRunCostsNothing() throws IOException {
    Path path = folder.resolve("run");
    Counting problem = new Counting(Trainings.PARABOLAS);
    RunFolder.create(path, Trainings.of(problem));
    Outcome first = RunFolders.resume(path, problem, TrainingListener.silent());
    // 6 episodes of 3, and 4 validations of 4
    assertThat(problem.count().get()).isEqualTo(6 * 3 + 4 * 4);
    problem.count().set(0);
    RunFolder run = RunFolder.open(path);
    run.metrics();
    run.checkpoint();
    List<Long> begun = new ArrayList<>();
    Outcome again =
        RunFolders.resume(
            path,
            problem,
            new TrainingListener() {
              @Override
              public void begun(long done) {
                begun.add(done);
              }
            });
    assertThat(problem.count().get()).isZero();
    assertThat(begun).containsExactly(6L);
    assertThat(again.weights()).containsExactly(first.weights());
    assertThat(again.validationLoss()).isEqualTo(first.validationLoss());
    assertThat(again.episode()).isEqualTo(first.episode());
    assertThat(again.startLoss()).isEqualTo(first.startLoss());
  }
}
