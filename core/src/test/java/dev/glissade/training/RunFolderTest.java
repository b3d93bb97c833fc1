package dev.glissade.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glissade.Problem;
import dev.glissade.file.JsonObject;
import dev.glissade.file.MalformedFileException;
import dev.glissade.file.Safetensors;
import dev.glissade.file.Safetensors.Tensor;
import dev.glissade.learned.TrainedOptimizer;
import dev.glissade.meta.Curriculum;
import dev.glissade.training.Trainings.Counting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The folder of a run can be looked at by anyone at any time, and is written by one.
class RunFolderTest {

  private static final MetaTraining TRAINING = Trainings.of(Trainings.PARABOLAS);
  private static final String CHECKPOINT = "checkpoints/latest.safetensors";

  @TempDir private Path folder;

  private static Outcome resume(Path path) throws IOException {
    return resume(path, Trainings.PARABOLAS, TrainingListener.silent());
  }

  private static Outcome resume(Path path, Problem problem, TrainingListener listener)
      throws IOException {
    RunFolder run = RunFolder.open(path);
    MetaTraining training = run.training(_ -> problem);
    try (RunKeeper keeper = run.resume(training)) {
      return training.run(keeper, listener);
    }
  }

  /// A run that is over.
  private Path finished(String name) throws IOException {
    Path path = folder.resolve(name);
    RunFolder.create(path, TRAINING);
    resume(path);
    return path;
  }

  /// All files and what is in them.
  private static Map<String, String> contents(Path path) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(
            path.relativize(file).toString(),
            new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
    }
    return contents;
  }

  /// Whoever is killed while a file is written leaves its temporary.
  @Test
  void whatKilledProcessesLeftIsSweptByTheNextOne() throws IOException {
    Path path = finished("killed");
    Map<String, String> before = contents(path);
    String end = ".123e4567-e89b-12d3-a456-426614174000.tmp";
    Files.writeString(path.resolve(".best.safetensors" + end), "half of it");
    Files.writeString(path.resolve("checkpoints/.latest.safetensors" + end), "half of it");
    resume(path);
    assertThat(contents(path).keySet()).isEqualTo(before.keySet());
  }

  @Test
  void holdsTheRun() throws IOException {
    Path path = folder.resolve("new");
    assertThat(RunFolder.exists(path)).isFalse();
    RunFolder made = RunFolder.create(path, TRAINING);
    assertThat(RunFolder.exists(path)).isTrue();
    assertThat(made.training(_ -> Trainings.PARABOLAS)).isEqualTo(TRAINING);
    RunFolder run = RunFolder.open(path);
    assertThat(run.path()).isEqualTo(path);
    assertThat(run.plan()).isEqualTo(made.plan()).isEqualTo(TRAINING.toJson());
    assertThat(run.training(_ -> Trainings.PARABOLAS)).isEqualTo(TRAINING);
    assertThat(run.metrics()).isEmpty();
    assertThat(run.checkpoint()).isEmpty();

    Outcome outcome = resume(path);
    assertThat(run.metrics())
        .filteredOn(TrainingMetrics::isValidation)
        .extracting(TrainingMetrics::episode)
        .containsExactly(2L, 4L, 6L);
    assertThat(run.checkpoint().orElseThrow().draws()).isEqualTo(12);
    assertThat(TrainedOptimizer.load(run.best())).isEqualTo(TRAINING.trained(outcome));
  }

  @Test
  void aFolderWithoutARunIsNamed() throws IOException {
    assertThatThrownBy(() -> RunFolder.open(folder))
        .isInstanceOf(IOException.class)
        .hasMessage(folder + " is no run folder: it has no run.json");
    Files.writeString(folder.resolve("run.json"), "{\"format\": \"gliss");
    assertThatThrownBy(() -> RunFolder.open(folder))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageStartingWith(folder.resolve("run.json") + ": is damaged");
    Files.writeString(folder.resolve("run.json"), "{\"format\": \"glissade.training/0\"}");
    assertThatThrownBy(() -> RunFolder.open(folder).training(_ -> Trainings.PARABOLAS))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("written in the format 'glissade.training/0'");
  }

  /// The trainer has written half a line, and is about to finish it.
  @Test
  void whoeverLooksAtALiveRunWritesNothing() throws IOException {
    Path path = finished("live");
    try (RunKeeper keeper = RunFolder.open(path).resume(TRAINING)) {
      keeper.latest();
      int readable = Files.readAllLines(path.resolve("metrics.jsonl")).size();
      Files.writeString(
          path.resolve("metrics.jsonl"),
          "{\"episode\":7,\"metaLoss\":0.1}\nno line\n{\"episode\":9,\"met",
          StandardOpenOption.APPEND);
      Files.delete(path.resolve("best.safetensors"));
      Map<String, String> before = contents(path);

      RunFolder run = RunFolder.open(path);
      assertThat(run.metrics()).hasSize(readable);
      assertThat(run.checkpoint()).isPresent();
      assertThat(run.training(_ -> Trainings.PARABOLAS)).isEqualTo(TRAINING);
      assertThat(Files.exists(run.best())).isFalse();
      assertThat(contents(path)).isEqualTo(before);
    }
  }

  /// What was written after the checkpoint, or in part, will be written again.
  @Test
  void resumingDropsLinesThatWillBeWrittenAgain() throws IOException {
    Path path = finished("run");
    List<String> lines = Files.readAllLines(path.resolve("metrics.jsonl"));
    Files.writeString(
        path.resolve("metrics.jsonl"),
        lines.getLast().replace("\"episode\":6", "\"episode\":7") + "\n{\"episode\":3,\"met",
        StandardOpenOption.APPEND);
    assertThat(RunFolder.open(path).metrics()).hasSize(lines.size() + 1);
    resume(path);
    assertThat(Files.readAllLines(path.resolve("metrics.jsonl"))).isEqualTo(lines);
  }

  /// It is a log, and nothing depends on it.
  @Test
  void aDamagedLogForbidsNothing() throws IOException {
    Path path = finished("run");
    byte[] noise = new byte[300];
    new Random(1).nextBytes(noise);
    Files.write(path.resolve("metrics.jsonl"), noise);
    assertThat(RunFolder.open(path).metrics()).isEmpty();
    assertThat(resume(path).episode())
        .isEqualTo(RunFolder.open(path).checkpoint().get().bestEpisode());
  }

  @Test
  void aFolderInPlaceOfTheLogIsNamed() throws IOException {
    Path path = finished("run");
    Files.delete(path.resolve("metrics.jsonl"));
    Files.createDirectories(path.resolve("metrics.jsonl/in-the-way"));
    assertThatThrownBy(() -> resume(path))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("metrics.jsonl");
  }

  @Test
  void aFinishedRunGoesOnWithMoreEpisodes() throws IOException {
    Path path = finished("run");
    RunFolder run = RunFolder.open(path);
    run.lengthen(TRAINING, 10);
    MetaTraining longer = RunFolder.open(path).training(_ -> Trainings.PARABOLAS);
    assertThat(longer).isEqualTo(TRAINING.withEpisodes(10));
    List<Long> begun = new ArrayList<>();
    resume(
        path,
        Trainings.PARABOLAS,
        new TrainingListener() {
          @Override
          public void begun(long done) {
            begun.add(done);
          }
        });
    assertThat(begun).containsExactly(6L);
    List<TrainingMetrics> metrics = RunFolder.open(path).metrics();
    assertThat(metrics.getLast().episode()).isEqualTo(10);
    assertThat(RunFolder.open(path).checkpoint().get().draws())
        .isEqualTo(longer.episodes().draws(longer.estimator().unroll()));
  }

  @Test
  void onlyAFinishedRunCanBeGivenMoreEpisodesAndNothingIsChangedOtherwise() throws IOException {
    Path begun = folder.resolve("begun");
    RunFolder run = RunFolder.create(begun, TRAINING);
    Map<String, String> before = contents(begun);
    assertThatThrownBy(() -> run.lengthen(TRAINING, 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has made 0 of 6 episodes");
    assertThat(contents(begun).get("run.json")).isEqualTo(before.get("run.json"));
    Path path = finished("run");
    assertThatThrownBy(() -> RunFolder.open(path).lengthen(TRAINING, 6))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a finished run can be given more, got 6");
  }

  /// A stage that is a part of all episodes would move the episodes that were made.
  @Test
  void aCurriculumInPartsOfAllEpisodesKeepsTheirNumber() throws IOException {
    int unroll = TRAINING.estimator().unroll();
    Curriculum half =
        new Curriculum(Curriculum.parseStages(unroll + "x50%"), TRAINING.episodes().steps());
    assertThat(TRAINING.episodes().steps()).isGreaterThan(unroll);
    MetaTraining staged = TRAINING.withEpisodes(TRAINING.episodes().withCurriculum(half));
    Path path = folder.resolve("run");
    RunFolder.create(path, staged);
    resume(path);
    assertThatThrownBy(() -> RunFolder.open(path).lengthen(staged, 60))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("their number must stay 6");
  }

  @Test
  void oneRunIsResumedByOneInThisProcess() throws IOException {
    Path path = finished("run");
    String self = "pid " + ProcessHandle.current().pid();
    try (RunKeeper _ = RunFolder.open(path).resume(TRAINING)) {
      for (int i = 0; i < 2; i++) { // a first attempt must not let go of the lock
        assertThatThrownBy(() -> RunFolder.open(path).resume(TRAINING))
            .isInstanceOf(IOException.class)
            .hasMessageContaining("(" + self + ")")
            .hasMessageContaining("trains in " + path);
      }
    }
    RunFolder.open(path).resume(TRAINING).close(); // now it is free
  }

  @Test
  void oneRunIsResumedByOneProcess() throws IOException, InterruptedException {
    Path path = finished("run");
    assertThat(inAnotherProcess(path)).isEqualTo("resumed");
    try (RunKeeper _ = RunFolder.open(path).resume(TRAINING)) {
      String refused =
          "another process (pid %s) trains in %s".formatted(ProcessHandle.current().pid(), path);
      assertThat(inAnotherProcess(path)).isEqualTo(refused);
      assertThatThrownBy(() -> RunFolder.open(path).resume(TRAINING))
          .isInstanceOf(IOException.class);
      assertThat(inAnotherProcess(path)).isEqualTo(refused);
    }
  }

  /// Whoever looks at a run that goes on does not let go of its lock either.
  @Test
  void lookingDoesNotUnlock() throws IOException, InterruptedException {
    Path path = finished("run");
    try (RunKeeper _ = RunFolder.open(path).resume(TRAINING)) {
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
      try (RunKeeper _ = RunFolder.open(Path.of(arguments[0])).resume(TRAINING)) {
        System.out.println("resumed");
      } catch (IOException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  @Test
  void theBestIsRestoredFromTheCheckpoint() throws IOException {
    Path path = finished("run");
    Path best = RunFolder.best(path);
    Path copy = folder.resolve("copy");
    Files.copy(best, copy);
    Files.delete(best);
    resume(path);
    assertThat(best).hasSameBinaryContentAs(copy);
  }

  @Test
  void aCheckpointThatIsGoneIsNotTakenForABeginning() throws IOException {
    Path path = finished("run");
    Files.delete(path.resolve(CHECKPOINT));
    Map<String, String> before = contents(path);
    assertThatThrownBy(() -> resume(path))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("has a best.safetensors but no checkpoints/latest.safetensors");
    before.remove("lock");
    Map<String, String> after = contents(path);
    after.remove("lock");
    assertThat(after).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 200})
  void aCheckpointThatIsCutOffIsNamed(int length) throws IOException {
    Path path = finished("run");
    Path file = path.resolve(CHECKPOINT);
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), length));
    assertRefused(path);
  }

  private static void assertRefused(Path path) throws IOException {
    Map<String, String> before = contents(path);
    assertThatThrownBy(() -> resume(path))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageStartingWith(path.resolve(CHECKPOINT) + ": ");
    assertThat(contents(path).get("metrics.jsonl")).isEqualTo(before.get("metrics.jsonl"));
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
    Path path = finished("run");
    Safetensors stored = Safetensors.read(path.resolve(CHECKPOINT));
    JsonObject metadata = stored.metadata();
    metadata = metadata.with(key, value);
    if (value.equals("11")) {
      metadata = metadata.with("updates", value);
    }
    CheckpointFile.signed(metadata, stored.tensors()).write(path.resolve(CHECKPOINT));
    assertRefused(path);
  }

  /// One bit of any array, or another number, gives another optimizer, and nothing else would tell.
  @ParameterizedTest
  @ValueSource(
      strings = {"weights", "best", "outer/0", "outer/1", "bestLoss", "startLoss", "updates"})
  void aCheckpointThatWasChangedIsNamed(String what) throws IOException {
    Path path = finished("run");
    Safetensors stored = Safetensors.read(path.resolve(CHECKPOINT));
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
    new Safetensors(metadata, tensors).write(path.resolve(CHECKPOINT));
    assertThatThrownBy(() -> resume(path))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageStartingWith(path.resolve(CHECKPOINT) + ": ")
        .hasMessageContaining("checksum");
  }

  /// An update may be too large for a float: the training says so, and can be looked at and resumed
  /// like any other.
  @ParameterizedTest
  @ValueSource(doubles = {1e30, 3e38})
  void aTrainingWhoseWeightsOverflowGoesOnToItsEnd(double learningRate) throws IOException {
    Path path = folder.resolve("run");
    MetaTraining training = TRAINING.withLearningRate(learningRate);
    RunFolder run = RunFolder.create(path, training);
    Outcome outcome;
    try (RunKeeper keeper = run.resume(training)) {
      outcome = training.run(keeper, TrainingListener.silent());
    }
    assertThat(outcome.nonFiniteCount()).isPositive();
    assertThat(outcome.episode()).isZero();
    assertThat(outcome.improved()).isFalse();
    assertThat(outcome.weights()).isEqualTo(training.initialWeights());
    assertThat(resume(path).weights()).isEqualTo(outcome.weights());
  }

  private static Tensor zeros(int size) {
    return Tensor.of(List.of(size), new float[size]);
  }

  @ParameterizedTest
  @ValueSource(strings = {"weights", "best", "outer/0", "outer/1", "both", "nan"})
  void aCheckpointOfAnotherOptimizerIsNamed(String what) throws IOException {
    Path path = finished("run");
    Safetensors stored = Safetensors.read(path.resolve(CHECKPOINT));
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
    CheckpointFile.signed(stored.metadata(), tensors).write(path.resolve(CHECKPOINT));
    assertRefused(path);
  }

  /// No objective is drawn: neither for a validation nor for an unroll.
  @Test
  void aFinishedRunCostsNothing() throws IOException {
    Path path = folder.resolve("run");
    Counting problem = new Counting(Trainings.PARABOLAS);
    RunFolder.create(path, Trainings.of(problem));
    Outcome first = resume(path, problem, TrainingListener.silent());
    // 6 episodes of 3, and 4 validations of 4
    assertThat(problem.count().get()).isEqualTo(6 * 3 + 4 * 4);
    problem.count().set(0);
    RunFolder run = RunFolder.open(path);
    run.metrics();
    run.checkpoint();
    List<Long> begun = new ArrayList<>();
    Outcome again =
        resume(
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
    Outcome expected = resume(whole, Trainings.STEEP_AT_TIMES, TrainingListener.silent());
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
    Outcome resumed = resume(broken, Trainings.STEEP_AT_TIMES, TrainingListener.silent());

    assertThat(resumed.weights()).containsExactly(expected.weights());
    assertThat(resumed.startLoss()).isEqualTo(expected.startLoss());
    assertThat(broken.resolve(CHECKPOINT)).hasSameBinaryContentAs(whole.resolve(CHECKPOINT));
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
    Path whole = finished("whole");
    Path broken = folder.resolve("broken");
    RunFolder run = RunFolder.create(broken, TRAINING);
    Path file = broken.resolve(name);
    Path aside = folder.resolve("aside");
    try (RunKeeper keeper = run.resume(TRAINING)) {
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
      assertThatThrownBy(() -> TRAINING.run(obstructed, TrainingListener.silent()))
          .isInstanceOf(IOException.class);
    }
    clear(file, aside);
    resume(broken);
    assertThat(broken.resolve(CHECKPOINT)).hasSameBinaryContentAs(whole.resolve(CHECKPOINT));
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

  @Test
  void learnedPartsLieBesideThePlan() throws IOException {
    TrainedOptimizer teacher =
        new TrainedOptimizer(
            Trainings.NETWORK, Trainings.NETWORK.initialWeights(5), JsonObject.empty());
    MetaTraining training =
        TRAINING.withOuter(Outer.of(teacher)).withStart(new Start.From("mine", teacher));
    RunFolder.create(folder, training);
    assertThat(RunFolder.open(folder).training(_ -> Trainings.PARABOLAS)).isEqualTo(training);
    Files.delete(folder.resolve("teacher.safetensors"));
    assertThatThrownBy(() -> RunFolder.open(folder).training(_ -> Trainings.PARABOLAS))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("teacher.safetensors");
  }
}
