package dev.glissade.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glissade.app.FailureException;
import dev.glissade.app.catalog.OptimizerName;
import dev.glissade.app.catalog.ProblemName;
import dev.glissade.app.experiment.ExperimentTraining;
import dev.glissade.app.experiment.TrainingRecipe;
import dev.glissade.app.terminal.Console;
import dev.glissade.app.training.TrainingRun;
import dev.glissade.learned.TrainedOptimizer;
import dev.glissade.training.TrainingListener;
import dev.glissade.training.TrainingMetrics;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentTrainingTest {

  private static final TrainingRecipe RECIPE =
      new TrainingRecipe(
          "quadratic:dim=2",
          Map.of(
              "episodes", "6",
              "steps", "10",
              "unroll", "5",
              "batch", "2",
              "hidden", "3",
              "validateEvery", "2",
              "validationInstances", "2"));

  @TempDir Path folder;

  private final StringWriter err = new StringWriter();

  private ExperimentTraining training(TrainingRecipe recipe, Path path) {
    PrintWriter writer = new PrintWriter(err);
    Context context = new Context(Console.plain(writer, writer), Map.of());
    return new ExperimentTraining(context, recipe, path, Optional.empty(), 1);
  }

  private static float[] weights(OptimizerName.Learned learned) {
    return learned.trained().weights();
  }

  @Test
  void trainsByTheRecipe() throws IOException, FailureException {
    Path path = folder.resolve("training");
    OptimizerName.Learned learned = training(RECIPE, path).run(Optional.empty());
    assertThat(Files.readString(path.resolve("run.json")))
        .contains("\"problem\":\"quadratic:dim=2\"", "\"episodes\":\"6\"", "\"hidden\":\"3\"");
    assertThat(Files.readAllLines(path.resolve("metrics.jsonl"))).hasSize(3);
    assertThat(weights(learned))
        .containsExactly(TrainedOptimizer.load(path.resolve("best.safetensors")).weights());
  }

  @Test
  void startsFromWhatTheRecipeNames() throws IOException, FailureException {
    Path path = folder.resolve("training");
    Map<String, String> settings = new HashMap<>(RECIPE.settings());
    settings.put("start", "pretrained:quadratic");
    settings.put("hidden", "20");
    settings.put("learningRate", "1e-9");
    TrainingRecipe recipe = new TrainingRecipe(RECIPE.problem(), settings);
    float[] weights = weights(training(recipe, path).run(Optional.empty()));
    float[] start = TrainedOptimizer.load(path.resolve("start.safetensors")).weights();
    assertThat(weights).usingComparatorWithPrecision(1e-6f).containsExactly(start);
    assertThat(weights(training(recipe, path).run(Optional.empty()))).containsExactly(weights);
  }

  @Test
  void whatWasStoppedGoesOnAndEndsAsIfItHadNotBeen() throws IOException, FailureException {
    Path unbroken = folder.resolve("unbroken");
    float[] expected = weights(training(RECIPE, unbroken).run(Optional.empty()));

    Path broken = folder.resolve("broken");
    TrainingPlan plan =
        TrainingPlan.of(ProblemName.parse(RECIPE.problem())).with(RECIPE.settings());
    TrainingRun run = TrainingRun.create(broken, plan);
    assertThatThrownBy(() -> plan.training(1).run(run.folder(), new StopAfter(3)))
        .hasMessage("stopped");
    assertThat(Files.readAllLines(broken.resolve("metrics.jsonl"))).hasSize(1);

    assertThat(weights(training(RECIPE, broken).run(Optional.empty()))).containsExactly(expected);
    assertThat(err.toString()).contains("Going on after episode 2");
    assertThat(broken.resolve("checkpoints/latest.safetensors"))
        .hasSameBinaryContentAs(unbroken.resolve("checkpoints/latest.safetensors"));
  }

  private record StopAfter(long last) implements TrainingListener {
    @Override
    public void episode(long episode, long episodes, double metaLoss) {
      if (episode == last) {
        throw new IllegalStateException("stopped");
      }
    }

    @Override
    public void validated(TrainingMetrics metrics) {}
  }

  @Test
  void whatIsFinishedIsUsedAndABudgetChangesNothing() throws IOException, FailureException {
    Path path = folder.resolve("training");
    float[] first = weights(training(RECIPE, path).run(Optional.empty()));
    byte[] metrics = Files.readAllBytes(path.resolve("metrics.jsonl"));
    training(RECIPE, path).check();
    float[] second = weights(training(RECIPE, path).run(Optional.of(Duration.ofHours(1))));
    assertThat(second).containsExactly(first);
    assertThat(path.resolve("metrics.jsonl")).hasBinaryContent(metrics);
  }

  @Test
  void aBudgetGoesBeforeTheRecipesEpisodes() throws IOException, FailureException {
    Path path = folder.resolve("training");
    training(RECIPE, path).run(Optional.of(Duration.ofSeconds(1)));
    assertThat(Files.readString(path.resolve("run.json"))).doesNotContain("\"episodes\":\"6\"");
    assertThat(weights(training(RECIPE, path).run(Optional.of(Duration.ofSeconds(1)))))
        .isNotEmpty();
  }

  @Test
  void anotherTrainingIsNotTakenForThisOne() throws IOException, FailureException {
    Path path = folder.resolve("training");
    training(RECIPE, path).run(Optional.empty());
    Map<String, String> other = new HashMap<>(RECIPE.settings());
    other.put("batch", "3");
    assertThatThrownBy(
            () -> training(new TrainingRecipe(RECIPE.problem(), other), path).run(Optional.empty()))
        .hasMessageContaining("was begun with batch = 2");
    assertThatThrownBy(
            () -> training(new TrainingRecipe("lasso", other), path).run(Optional.empty()))
        .hasMessageContaining("is a run for quadratic:dim=2");
    Files.writeString(folder.resolve("mine.txt"), "mine");
    assertThatThrownBy(() -> training(RECIPE, folder).check()).hasMessageContaining("not empty");
  }
}
