package dev.glissade.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.glissade.Problem;
import dev.glissade.Seeds;
import dev.glissade.evaluation.Evaluation;
import dev.glissade.evaluation.Runs;
import dev.glissade.evaluation.Tuning;
import dev.glissade.optimizer.Baseline;
import dev.glissade.optimizer.Baselines;
import dev.glissade.optimizer.Sgd;
import dev.glissade.problem.ProblemCatalog;
import dev.glissade.problem.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareCommandTest {

  @TempDir Path folder;

  @Test
  void theJsonHasTheDocumentedForm() throws IOException {
    JsonNode json =
        json("compare", "quadratic", "adam", "sgd=0.01", "--instances", 8, "--steps", 5);
    assertThat(fields(json))
        .containsExactly(
            "problem",
            "split",
            "steps",
            "instances",
            "seed",
            "kernels",
            "optimizers",
            "best",
            "updates",
            "command",
            "page");
    assertThat(json.get("command").textValue())
        .startsWith("./glissade compare quadratic adam sgd=0.01 --instances 8 --steps 5 --json ");
    assertThat(json.get("problem").textValue()).isEqualTo("quadratic");
    assertThat(json.get("split").textValue()).isEqualTo("TEST");
    assertThat(json.get("steps").intValue()).isEqualTo(5);
    assertThat(json.get("optimizers")).hasSize(2);
    JsonNode adam = json.get("optimizers").get(0);
    assertThat(fields(adam))
        .containsExactly(
            "name",
            "baseline",
            "rateSource",
            "trials",
            "settings",
            "curve",
            "band",
            "sum",
            "final",
            "lastTenth",
            "diverged",
            "stuck",
            "interventions",
            "nonFinite",
            "stepsToBestBaseline",
            "differenceToBestBaseline",
            "microsPerStep",
            "heldOut");
    assertThat(adam.get("name").textValue()).isEqualTo("adam");
    assertThat(adam.get("settings").has("learningRate")).isTrue();
    assertThat(adam.get("curve")).hasSize(6);
    assertThat(fields(adam.get("final"))).containsExactly("mean", "ci95", "median", "losses");
    assertThat(adam.get("final").get("losses")).hasSize(8);
    double mean = adam.get("final").get("mean").doubleValue();
    assertThat(mean).isEqualTo(adam.get("curve").get(5).doubleValue(), within(1e-9));
    assertThat(adam.get("final").get("ci95").get(0).doubleValue()).isLessThan(mean);
    assertThat(adam.get("final").get("ci95").get(1).doubleValue()).isGreaterThan(mean);
    assertThat(json.get("best").textValue()).isIn("adam", "sgd=0.01");
  }

  /// The rate fades over the run that is made: given or tuned, of 5 steps or of 100.
  @Test
  void aRateThatFadesDoesSoOverTheRun() throws IOException {
    JsonNode given = json("compare", "quadratic", "sgd+cosine=0.01", "--instances", 2);
    JsonNode settings = given.get("optimizers").get(0).get("settings");
    assertThat(settings.get("steps").textValue()).isEqualTo("100.0");
    JsonNode tuned =
        json(
            "compare",
            "quadratic",
            "adam+cosine",
            "--instances",
            2,
            "--steps",
            5,
            "--tuning-instances",
            2);
    assertThat(tuned.get("optimizers").get(0).get("settings").get("steps").textValue())
        .isEqualTo("5.0");
  }

  @Test
  void aGuardIsCountedAndFallsBackToATunedRule() throws IOException {
    String guarded = "guarded:sgd=10,fallback=adam=0.1";
    JsonNode json = json("compare", "quadratic", guarded, "adam=0.1", "--instances", 4);
    JsonNode line = json.get("optimizers").get(0);
    assertThat(line.get("interventions").intValue()).isPositive();
    assertThat(line.get("diverged").intValue()).isZero();
    assertThat(line.get("baseline").booleanValue()).isFalse();
    assertThat(json.get("optimizers").get(1).get("interventions").intValue()).isZero();
    Cli cli = Cli.run(folder, "compare", "quadratic", guarded, "--instances", 2);
    assertThat(cli.out()).contains("stepped in");
  }

  @Test
  void baselinesAreAllThatThereAre() throws IOException {
    JsonNode json =
        json(
            "compare",
            "quadratic:dim=2",
            "baselines",
            "--instances",
            2,
            "--steps",
            3,
            "--tuning-instances",
            2);
    List<String> names = new ArrayList<>();
    json.get("optimizers").forEach(line -> names.add(line.get("name").textValue()));
    assertThat(names)
        .containsExactlyElementsOf(Baselines.standard().stream().map(Baseline::name).toList());
  }

  @Test
  void divergenceShowsAndLeavesTheOthersAlone() throws IOException {
    Path out = folder.resolve("out");
    JsonNode alone = json("compare", "quadratic", "sgd=0.01", "--instances", 8);
    JsonNode both =
        json("compare", "quadratic", "sgd=1e30", "sgd=0.01", "--instances", 8, "--out", out);
    JsonNode diverged = both.get("optimizers").get(0);
    assertThat(diverged.get("diverged").intValue()).isEqualTo(8);
    assertThat(diverged.get("final").get("mean").isNull()).isTrue();
    assertThat(diverged.get("final").get("ci95").get(0).isNull()).isTrue();
    assertThat(diverged.get("curve").get(100).isNull()).isTrue();
    assertThat(diverged.get("curve").get(0).isNumber()).isTrue();
    assertThat(diverged.get("stepsToBestBaseline").isNull()).isTrue();
    assertThat(both.get("best").textValue()).isEqualTo("sgd=0.01");
    assertThat(both.get("optimizers").get(1).get("curve"))
        .isEqualTo(alone.get("optimizers").get(0).get("curve"));
    assertThat(Files.readString(out.resolve("curves.csv"))).startsWith("step,sgd=1e30,sgd=0.01\n");
    assertThat(out.resolve("curves.png")).exists();
  }

  @Test
  void tableMarksTheBestAndSaysDiverged() {
    Cli cli = Cli.run(folder, "compare", "quadratic", "sgd=1e30", "sgd=0.01", "--instances", 8);
    assertThat(cli.code()).isZero();
    assertThat(cli.out()).containsPattern("\\* sgd=0\\.01 ").containsPattern("sgd=1e30 +diverged");
  }

  @Test
  void resultsDoNotDependOnThreads() throws IOException {
    JsonNode one = json("compare", "quadratic", "adam", "--instances", 9, "--threads", 1);
    JsonNode three = json("compare", "quadratic", "adam", "--instances", 9, "--threads", 3);
    assertThat(three.get("optimizers").get(0).get("curve"))
        .isEqualTo(one.get("optimizers").get(0).get("curve"));
  }

  @Test
  void seedChoosesTheInstancesAndNotTheTunedRate() throws IOException {
    JsonNode one = json("compare", "quadratic", "sgd", "--instances", 4);
    JsonNode two = json("compare", "quadratic", "sgd", "--instances", 4, "--seed", 2);
    assertThat(two.at("/optimizers/0/settings")).isEqualTo(one.at("/optimizers/0/settings"));
    assertThat(two.at("/optimizers/0/curve")).isNotEqualTo(one.at("/optimizers/0/curve"));
  }

  /// Whoever chooses between optimizers must not look at TEST.
  @Test
  void validationInstancesAreThoseOfTheSplitAndNotThoseOfTuning() throws IOException {
    JsonNode json =
        json("compare", "quadratic", "sgd=0.01", "--split", "validation", "--instances", 3);
    assertThat(json.get("split").textValue()).isEqualTo("VALIDATION");
    assertThat(json.get("seed").longValue()).isEqualTo(1);
    List<Double> losses = losses(json);
    assertThat(losses)
        .isEqualTo(finalLosses(Problem.Split.VALIDATION, Seeds.derive(1, "comparison", 0)));
    assertThat(losses)
        .doesNotContainAnyElementsOf(finalLosses(Problem.Split.VALIDATION, Tuning.SEED))
        .doesNotContainAnyElementsOf(
            losses(json("compare", "quadratic", "sgd=0.01", "--instances", 3)));
    JsonNode other =
        json(
            "compare",
            "quadratic",
            "sgd=0.01",
            "--split",
            "validation",
            "--instances",
            3,
            "--seed",
            2);
    assertThat(losses(other)).doesNotContainAnyElementsOf(losses);
  }

  private static List<Double> finalLosses(Problem.Split split, long seed) {
    Problem problem = new ProblemCatalog(Problems.core()).parse("quadratic");
    Runs runs = new Evaluation(problem, split, 3, problem.steps(), seed).run(new Sgd(0.01));
    return DoubleStream.of(runs.finalLosses()).boxed().toList();
  }

  private static List<Double> losses(JsonNode json) {
    List<Double> losses = new ArrayList<>();
    json.at("/optimizers/0/final/losses").forEach(loss -> losses.add(loss.doubleValue()));
    return losses;
  }

  @Test
  void whatWasRunOnIsSaidAndRatesAreThoseOfTest() throws IOException {
    Object[] command = {"compare", "quadratic", "sgd", "--instances", 2, "--tuning-instances", 2};
    Path out = folder.resolve("validation");
    Object[] validation = {"--split", "VALIDATION", "--out", out};
    Cli cli = Cli.run(folder, Stream.concat(Stream.of(command), Stream.of(validation)).toArray());
    assertThat(cli.out()).contains("mean loss over 2 VALIDATION instances").doesNotContain("TEST");
    JsonNode json = new ObjectMapper().readTree(out.resolve("comparison.json").toFile());
    assertThat(json.get("page").toString())
        .contains("over 2 VALIDATION instances (seed 1)", "tuned on other VALIDATION instances")
        .doesNotContain("TEST");
    assertThat(json.at("/optimizers/0/settings"))
        .isEqualTo(json(command).at("/optimizers/0/settings"));
  }

  @Test
  void tunedRatesAreRememberedAndACacheThatCannotBeWrittenIsNoFailure() throws IOException {
    Cli.run(folder, "compare", "quadratic", "sgd", "--instances", 2);
    try (Stream<Path> cached = Files.list(folder.resolve("cache/tuning"))) {
      assertThat(cached).hasSize(1);
    }
    Path other = Files.createDirectory(folder.resolve("other"));
    Files.writeString(other.resolve("cache"), "in the way");
    Cli cli = Cli.run(other, "compare", "quadratic", "sgd", "--instances", 2);
    assertThat(cli.code()).isZero();
    assertThat(cli.err()).contains("cannot be kept");
  }

  @Test
  void outHoldsDataAndPicturesAndAPageThatNeedsNothingElse() throws IOException {
    Path out = folder.resolve("a/b");
    Cli cli = Cli.run(folder, "compare", "lasso", "adam=0.1", "--instances", 2, "--out", out);
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(Files.readString(out.resolve("curves.svg"))).contains("<svg");
    assertThat(Files.readAllBytes(out.resolve("curves.png"))).startsWith(0x89, 'P', 'N', 'G');
    assertThat(Files.readAllLines(out.resolve("curves.csv"))).hasSize(102);
    String page = Files.readString(out.resolve("report.html"));
    assertThat(page).contains("adam=0.1", "lasso").doesNotContain("{{", "src=", "href=");
    assertThat(page.length()).isLessThan(1_500_000);
    Cli again =
        Cli.run(folder, "report", out.resolve("comparison.json"), "-o", folder.resolve("p"));
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(folder.resolve("p")).hasContent(page);
    assertThat(new ObjectMapper().readTree(out.resolve("comparison.json").toFile()).get("best"))
        .isNotNull();
  }

  private JsonNode json(Object... arguments) throws IOException {
    Path file = folder.resolve("deep/down/result.json");
    Object[] all = Stream.concat(Stream.of(arguments), Stream.of("--json", file)).toArray();
    Cli cli = Cli.run(folder, all);
    assertThat(cli.code()).as(cli.err()).isZero();
    return new ObjectMapper().readTree(file.toFile());
  }

  private static List<String> fields(JsonNode node) {
    return node.propertyStream().map(Map.Entry::getKey).toList();
  }
}
