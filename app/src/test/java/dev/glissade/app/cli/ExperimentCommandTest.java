package dev.glissade.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.glissade.Objective;
import dev.glissade.Problem;
import dev.glissade.Problem.Split;
import dev.glissade.Seeds;
import dev.glissade.app.FailureException;
import dev.glissade.app.catalog.Catalog;
import dev.glissade.app.catalog.OptimizerName;
import dev.glissade.app.experiment.CurveExperiment;
import dev.glissade.app.experiment.Design;
import dev.glissade.app.experiment.Design.LearnedContender;
import dev.glissade.app.experiment.Experiment;
import dev.glissade.app.experiment.Experiments;
import dev.glissade.app.experiment.LearnedChoice;
import dev.glissade.app.experiment.TrainingRecipe;
import dev.glissade.app.report.PaperScale;
import dev.glissade.training.MetaTraining;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExperimentCommandTest {

  private static final int STEPS = 100;
  private static final int INSTANCES = 4;

  @TempDir Path folder;

  static List<Experiment> all() {
    return Experiments.standard().all();
  }

  @ParameterizedTest
  @MethodSource("all")
  void problemsAndTrainingsAreOfTheCatalog(Experiment experiment) {
    List<String> data =
        experiment.problems().stream()
            .flatMap(problem -> Catalog.builtIn().problem(problem).factory().data().stream())
            .toList();
    assertThat(data)
        .containsAll(Catalog.builtIn().problem(experiment.training().problem()).factory().data());
  }

  @ParameterizedTest
  @MethodSource("all")
  void trainingsFitTheirProblems(Experiment experiment) {
    training(experiment).check();
  }

  private static MetaTraining training(Experiment experiment) {
    TrainingRecipe recipe = experiment.training();
    Problem problem = Catalog.builtIn().problem(recipe.problem()).problem();
    return recipe.settings().apply(MetaTraining.of(problem));
  }

  /// A picture of four times the pixels has a quarter of the gradient; so have losses of a quarter.
  @Test
  void trainingForArtSeesGradientsOfLargerPictures() {
    Experiment art = Experiments.ofThePaper().find("fig8-art");
    assertThat(Experiments.ofThePaper().find("fig8-art-transfer").training())
        .isEqualTo(art.training());
    MetaTraining training = training(art);
    assertThat(training.problem().name()).isEqualTo("art");
    assertThat(training.variety().mix())
        .extracting(Problem::name)
        .containsExactly("art:alpha=25,beta=250,gamma=250");
    assertThat(training.episodes().count()).isEqualTo(1500);
    assertThat(training.episodes().steps()).isEqualTo(128);
  }

  @Test
  void listNamesEveryExperimentItsFigureAndItsData() {
    Cli cli = Cli.run(folder, "experiment", "list");
    assertThat(cli.code()).isZero();
    for (Experiment experiment : Experiments.standard().all()) {
      assertThat(cli.out()).contains(experiment.name(), experiment.figure(), experiment.summary());
    }
    assertThat(cli.out()).containsPattern("fig7-cifar2 .* cifar10 ");
  }

  @Test
  void runMeasuresWhatItSays() throws IOException {
    Path out = folder.resolve("out");
    Cli cli = runQuadratic(out);
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(out.resolve("runs")).as("kept for nobody").doesNotExist();
    JsonNode json = new ObjectMapper().readTree(out.resolve("experiment.json").toFile());

    JsonNode sgd = named(json.at("/comparison/optimizers"), "name", "sgd");
    double rate = Double.parseDouble(sgd.at("/settings/learningRate").textValue());
    double[] curve = gradientDescent(rate);
    for (int t = 0; t <= STEPS; t++) {
      assertThat(sgd.get("curve").get(t).doubleValue())
          .isEqualTo(curve[t], within(1e-6 * curve[t]));
    }

    JsonNode row = named(json.get("rows"), "optimizer", "sgd");
    JsonNode last = row.get("losses").get(4);
    assertThat(last.get("step").intValue()).isEqualTo(STEPS);
    assertThat(last.get("ours").doubleValue()).isEqualTo(curve[STEPS], within(1e-6));
    assertThat(last.get("paper").doubleValue()).isEqualTo(.215);
    assertThat(row.at("/losses/1/ours").doubleValue()).isEqualTo(curve[10], within(1e-6));
    assertThat(row.at("/losses/1/paper").isNull()).isTrue();
    assertThat(row.at("/lastTen/ours").doubleValue()).isEqualTo(sum(curve, 91) / 10, within(1e-6));
    assertThat(sgd.at("/lastTenth/mean").doubleValue())
        .isEqualTo(sum(curve, 91) / 10, within(1e-6));
    assertThat(row.at("/sum/ours").doubleValue()).isEqualTo(sum(curve, 1), within(1e-4));
    assertThat(row.at("/sum/paper").isNull()).isTrue();
    JsonNode lstm = named(json.get("rows"), "optimizer", "pretrained:quadratic-uniform");
    assertThat(lstm.at("/paper/optimizer").textValue()).isEqualTo("LSTM");
    assertThat(lstm.at("/sum/paper").doubleValue()).isEqualTo(12.35);
  }

  /// The definition, without Glissade's loop, kernels or statistics.
  private static double[] gradientDescent(double rate) {
    double[] mean = new double[STEPS + 1];
    for (int i = 0; i < INSTANCES; i++) {
      Objective objective =
          Catalog.builtIn()
              .problem("quadratic-uniform")
              .problem()
              .sample(Split.TEST, Seeds.derive(1, "instance", i));
      float[] x = objective.initialParameters();
      float[] gradient = new float[x.length];
      for (int t = 0; t <= STEPS; t++) {
        mean[t] += objective.evaluate(x, t, gradient) / INSTANCES;
        for (int k = 0; k < x.length; k++) {
          x[k] -= (float) rate * gradient[k];
        }
      }
    }
    return mean;
  }

  private static double sum(double[] curve, int from) {
    double sum = 0;
    for (int t = from; t < curve.length; t++) {
      sum += curve[t];
    }
    return sum;
  }

  @Test
  void runShowsThePapersFiguresAndLeavesDataPicturesAndAPage() throws IOException {
    Path out = folder.resolve("out");
    Cli cli = runQuadratic(out);
    assertThat(cli.out())
        .contains("fig4-quadratic (figure 4 left)", "step 100", "paper", "95 % interval")
        .containsPattern("pretrained:quadratic-uniform +[0-9.]+ +0\\.0386 ")
        .contains("to best baseline, %", "steps to it")
        .containsPattern("momentum +[0-9.]+ +– ")
        .contains("the best");
    assertThat(Files.readAllLines(out.resolve("curves.csv"))).hasSize(STEPS + 2);
    assertThat(Files.readString(out.resolve("curves.svg")))
        .contains("<ellipse"); // its values are dots
    assertThat(out.resolve("curves.png")).isNotEmptyFile();
    assertThat(Files.readString(out.resolve("report.html")))
        .contains(
            "figure 4 left", "0.0386", "./glissade experiment run fig4-quadratic", "adam, paper")
        .doesNotContain("{{", "src=");
  }

  @Test
  void theCommandInTheReportGivesTheSameAgain() throws IOException {
    Path out = folder.resolve("out");
    runQuadratic(out, "--seed", 3, "--optimizer", "pretrained:quadratic");
    JsonNode first = new ObjectMapper().readTree(out.resolve("experiment.json").toFile());
    String command = first.at("/origin/command").textValue();
    assertThat(command).startsWith("./glissade ");
    Path again = folder.resolve("again");
    String[] words = (command.substring("./glissade ".length()) + " -o " + again).split(" ");
    assertThat(Cli.run(folder, (Object[]) words).code()).isZero();
    JsonNode second = new ObjectMapper().readTree(again.resolve("experiment.json").toFile());
    assertThat(second.get("rows")).isEqualTo(first.get("rows"));
    assertThat(named(second.get("rows"), "optimizer", "pretrained:quadratic")).isNotNull();
  }

  @Test
  void jsonHoldsAListOfWhatTheFoldersHold() throws IOException {
    Path out = folder.resolve("out");
    Path json = folder.resolve("all.json");
    runQuadratic(out, "--json", json);
    JsonNode all = new ObjectMapper().readTree(json.toFile());
    assertThat(all).hasSize(1);
    assertThat(all.get(0))
        .isEqualTo(new ObjectMapper().readTree(out.resolve("experiment.json").toFile()));
  }

  @Test
  void resultsAreNotWrittenOverUnlessThatIsWanted() throws IOException {
    Path out = folder.resolve("out");
    Files.createDirectory(out);
    Path result = Files.writeString(out.resolve("experiment.json"), "hours of work");
    Cli cli = runQuadratic(out);
    assertThat(cli.err()).contains("holds results already: choose another --out, or add --force");
    assertThat(cli.code()).isEqualTo(1);
    assertThat(result).hasContent("hours of work");
    assertThat(runQuadratic(out, "--force").code()).isZero();
    assertThat(Files.readString(result)).contains("fig4-quadratic");
  }

  @Test
  void whatDoesNotShipIsSaidInOneLineWithTheRemedy() {
    Experiment unshipped =
        experiment(
            new LearnedContender("of-tomorrow", "LSTM"),
            new TrainingRecipe("", training -> training));
    LearnedChoice pretrained = new LearnedChoice(List.of(), false, Optional.empty());
    assertThatThrownBy(() -> pretrained.load(unshipped))
        .isInstanceOf(FailureException.class)
        .hasMessageContainingAll("mine needs pretrained:of-tomorrow", "--train", "--optimizer");
    assertThat(assertLoads(new LearnedChoice(List.of(), true, Optional.empty()), unshipped))
        .isEmpty();
    assertThat(
            assertLoads(
                new LearnedChoice(List.of("pretrained:quadratic"), false, Optional.empty()),
                unshipped))
        .extracting(OptimizerName::name)
        .containsExactly("pretrained:quadratic");
  }

  private static List<OptimizerName.Learned> assertLoads(
      LearnedChoice choice, Experiment experiment) {
    try {
      return choice.load(experiment);
    } catch (IOException | FailureException e) {
      throw new AssertionError(e);
    }
  }

  private static Experiment experiment(LearnedContender learned, TrainingRecipe training) {
    return new CurveExperiment(
        "mine",
        "0",
        "none",
        "–",
        "quadratic:dim=2",
        new Design(List.of(learned), List.of("sgd"), 10, 2, 2),
        training,
        List.of(10),
        PaperScale.SAME,
        List.of());
  }

  private Cli runQuadratic(Path out, Object... more) {
    List<Object> arguments =
        new ArrayList<>(
            List.of("experiment", "run", "fig4-quadratic", "-o", out, "--instances", INSTANCES));
    arguments.addAll(List.of("--tuning-instances", 2));
    arguments.addAll(List.of(more));
    return Cli.run(folder, arguments.toArray());
  }

  private static JsonNode named(JsonNode list, String key, String name) {
    for (JsonNode node : list) {
      if (node.get(key).textValue().equals(name)) {
        return node;
      }
    }
    throw new AssertionError(name + " is not in " + list);
  }
}
