package dev.glissade.app.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glissade.app.FailureException;
import dev.glissade.app.catalog.Catalog;
import dev.glissade.app.catalog.OptimizerName;
import dev.glissade.app.catalog.ProblemName;
import dev.glissade.app.terminal.Console;
import dev.glissade.learned.Lstm;
import dev.glissade.learned.Preprocessing;
import dev.glissade.learned.Pretrained;
import dev.glissade.learned.TrainedOptimizer;
import dev.glissade.meta.Episodes;
import dev.glissade.meta.ExactBptt;
import dev.glissade.training.MetaTraining;
import dev.glissade.training.RunFolder;
import dev.glissade.training.RunKeeper;
import dev.glissade.training.Start;
import dev.glissade.training.TrainingListener;
import dev.glissade.training.TrainingMetrics;
import dev.glissade.training.Validation;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentTrainingTest {

  private static final TrainingRecipe RECIPE =
      new TrainingRecipe("quadratic:dim=2", training -> tiny(training, 3));

  private static MetaTraining tiny(MetaTraining training, int hidden) {
    return training
        .withFamily(new Lstm(2, hidden, new Preprocessing.Identity(), 1))
        .withEpisodes(new Episodes(6, 10, 2))
        .withEstimator(new ExactBptt(5))
        .withValidation(new Validation(2, 2));
  }

  @TempDir Path folder;

  private final StringWriter err = new StringWriter();

  private ExperimentTraining training(TrainingRecipe recipe, Path path) {
    PrintWriter writer = new PrintWriter(err);
    return new ExperimentTraining(
        Console.plain(writer, writer), Catalog.builtIn(), recipe, path, Optional.empty());
  }

  private static float[] weights(OptimizerName.Learned learned) {
    return learned.trained().weights();
  }

  @Test
  void trainsByTheRecipe() throws IOException, FailureException {
    Path path = folder.resolve("training");
    OptimizerName.Learned learned = training(RECIPE, path).run(Optional.empty());
    assertThat(Files.readString(path.resolve("run.json")))
        .contains("\"problem\":\"quadratic:dim=2\"", "\"count\":6", "\"hidden\":3");
    assertThat(RunFolder.open(path).metrics()).filteredOn(TrainingMetrics::isValidation).hasSize(3);
    assertThat(weights(learned))
        .containsExactly(TrainedOptimizer.load(path.resolve("best.safetensors")).weights());
  }

  @Test
  void startsFromWhatTheRecipeNames() throws IOException, FailureException {
    Path path = folder.resolve("training");
    TrainingRecipe recipe =
        new TrainingRecipe(
            RECIPE.problem(),
            training ->
                tiny(training, 20)
                    .withStart(new Start.From("quadratic", Pretrained.QUADRATIC.load()))
                    .withLearningRate(1e-9));
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
    ProblemName problem = Catalog.builtIn().problem(RECIPE.problem());
    MetaTraining plan = RECIPE.settings().apply(MetaTraining.of(problem.problem()));
    RunFolder run = RunFolder.create(broken, plan);
    try (RunKeeper keeper = run.resume(plan)) {
      assertThatThrownBy(() -> plan.run(keeper, new StopAfter(3))).hasMessage("stopped");
    }
    assertThat(run.metrics()).filteredOn(TrainingMetrics::isValidation).hasSize(1);

    assertThat(weights(training(RECIPE, broken).run(Optional.empty()))).containsExactly(expected);
    assertThat(err.toString()).contains("Going on after episode 2");
    assertThat(broken.resolve("checkpoints/episode-4.safetensors"))
        .hasSameBinaryContentAs(unbroken.resolve("checkpoints/episode-4.safetensors"));
  }

  private record StopAfter(long last) implements TrainingListener {
    @Override
    public void episode(TrainingMetrics metrics) {
      if (metrics.episode() == last) {
        throw new IllegalStateException("stopped");
      }
    }
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
    assertThat(Files.readString(path.resolve("run.json"))).doesNotContain("\"count\":6,");
    assertThat(weights(training(RECIPE, path).run(Optional.of(Duration.ofSeconds(1)))))
        .isNotEmpty();
  }

  @Test
  void anotherTrainingIsNotTakenForThisOne() throws IOException, FailureException {
    Path path = folder.resolve("training");
    training(RECIPE, path).run(Optional.empty());
    TrainingRecipe other =
        new TrainingRecipe(
            RECIPE.problem(), training -> tiny(training, 3).withEpisodes(new Episodes(6, 10, 3)));
    assertThatThrownBy(() -> training(other, path).run(Optional.empty()))
        .hasMessageContaining("was begun with episodes/batch = 2");
    TrainingRecipe lasso = new TrainingRecipe("lasso", RECIPE.settings());
    assertThatThrownBy(() -> training(lasso, path).run(Optional.empty()))
        .hasMessageContaining("is a run for quadratic:dim=2");
    Files.writeString(folder.resolve("mine.txt"), "mine");
    assertThatThrownBy(() -> training(RECIPE, folder).check()).hasMessageContaining("not empty");
  }
}
