package dev.glissade.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glissade.file.JsonObject;
import dev.glissade.file.MalformedFileException;
import dev.glissade.learned.TrainedOptimizer;
import dev.glissade.meta.Curriculum;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The folder of a run can be looked at by anyone at any time, and tells what the run is.
class RunFolderTest {

  @TempDir private Path folder;

  @Test
  void holdsTheRun() throws IOException {
    Path path = folder.resolve("new");
    assertThat(RunFolder.exists(path)).isFalse();
    RunFolder made = RunFolder.create(path, RunFolders.TRAINING);
    assertThat(RunFolder.exists(path)).isTrue();
    assertThat(made.training(_ -> Trainings.PARABOLAS)).isEqualTo(RunFolders.TRAINING);
    RunFolder run = RunFolder.open(path);
    assertThat(run.path()).isEqualTo(path);
    assertThat(run.plan()).isEqualTo(made.plan()).isEqualTo(RunFolders.TRAINING.toJson());
    assertThat(run.training(_ -> Trainings.PARABOLAS)).isEqualTo(RunFolders.TRAINING);
    assertThat(run.metrics()).isEmpty();
    assertThat(run.checkpoint()).isEmpty();

    Outcome outcome = RunFolders.resume(path);
    assertThat(run.metrics())
        .filteredOn(TrainingMetrics::isValidation)
        .extracting(TrainingMetrics::episode)
        .containsExactly(2L, 4L, 6L);
    assertThat(run.checkpoint().orElseThrow().progress().draws()).isEqualTo(12);
    assertThat(TrainedOptimizer.load(run.best())).isEqualTo(RunFolders.TRAINING.trained(outcome));
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
    Path path = RunFolders.finished(folder.resolve("live"));
    try (RunKeeper keeper = RunFolder.open(path).resume(RunFolders.TRAINING)) {
      keeper.latest();
      int readable = Files.readAllLines(path.resolve("metrics.jsonl")).size();
      Files.writeString(
          path.resolve("metrics.jsonl"),
          "{\"episode\":7,\"metaLoss\":0.1}\nno line\n{\"episode\":9,\"met",
          StandardOpenOption.APPEND);
      Files.delete(path.resolve("best.safetensors"));
      Map<String, String> before = RunFolders.contents(path);

      RunFolder run = RunFolder.open(path);
      assertThat(run.metrics()).hasSize(readable);
      assertThat(run.checkpoint()).isPresent();
      assertThat(run.training(_ -> Trainings.PARABOLAS)).isEqualTo(RunFolders.TRAINING);
      assertThat(Files.exists(run.best())).isFalse();
      assertThat(RunFolders.contents(path)).isEqualTo(before);
    }
  }

  @Test
  void aFinishedRunGoesOnWithMoreEpisodes() throws IOException {
    Path path = RunFolders.finished(folder.resolve("run"));
    RunFolder run = RunFolder.open(path);
    run.lengthen(RunFolders.TRAINING, 10);
    MetaTraining longer = RunFolder.open(path).training(_ -> Trainings.PARABOLAS);
    assertThat(longer).isEqualTo(RunFolders.TRAINING.withEpisodes(10));
    List<Long> begun = new ArrayList<>();
    RunFolders.resume(
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
    assertThat(RunFolder.open(path).checkpoint().get().progress().draws())
        .isEqualTo(longer.episodes().draws(longer.estimator().unroll()));
  }

  @Test
  void onlyAFinishedRunCanBeGivenMoreEpisodesAndNothingIsChangedOtherwise() throws IOException {
    Path begun = folder.resolve("begun");
    RunFolder run = RunFolder.create(begun, RunFolders.TRAINING);
    Map<String, String> before = RunFolders.contents(begun);
    assertThatThrownBy(() -> run.lengthen(RunFolders.TRAINING, 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has made 0 of 6 episodes");
    assertThat(RunFolders.contents(begun).get("run.json")).isEqualTo(before.get("run.json"));
    Path path = RunFolders.finished(folder.resolve("run"));
    assertThatThrownBy(() -> RunFolder.open(path).lengthen(RunFolders.TRAINING, 6))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a finished run can be given more, got 6");
  }

  /// A stage that is a part of all episodes would move the episodes that were made.
  @Test
  void aCurriculumInPartsOfAllEpisodesKeepsTheirNumber() throws IOException {
    int unroll = RunFolders.TRAINING.estimator().unroll();
    Curriculum half =
        new Curriculum(
            Curriculum.parseStages(unroll + "x50%"), RunFolders.TRAINING.episodes().steps());
    assertThat(RunFolders.TRAINING.episodes().steps()).isGreaterThan(unroll);
    MetaTraining staged =
        RunFolders.TRAINING.withEpisodes(RunFolders.TRAINING.episodes().withCurriculum(half));
    Path path = folder.resolve("run");
    RunFolder.create(path, staged);
    RunFolders.resume(path);
    assertThatThrownBy(() -> RunFolder.open(path).lengthen(staged, 60))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("their number must stay 6");
  }

  @Test
  void learnedPartsLieBesideThePlan() throws IOException {
    TrainedOptimizer teacher =
        new TrainedOptimizer(
            Trainings.NETWORK, Trainings.NETWORK.initialWeights(5), JsonObject.empty());
    MetaTraining training =
        RunFolders.TRAINING.withOuter(Outer.of(teacher)).withStart(new Start.From("mine", teacher));
    RunFolder.create(folder, training);
    assertThat(RunFolder.open(folder).training(_ -> Trainings.PARABOLAS)).isEqualTo(training);
    Files.delete(folder.resolve("teacher.safetensors"));
    assertThatThrownBy(() -> RunFolder.open(folder).training(_ -> Trainings.PARABOLAS))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("teacher.safetensors");
  }
}
