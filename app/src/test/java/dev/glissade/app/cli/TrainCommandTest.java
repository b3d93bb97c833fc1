package dev.glissade.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.glissade.learned.TrainedOptimizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainCommandTest {

  private static final List<Object> TINY =
      List.of(
          "--steps",
          10,
          "--unroll",
          5,
          "--batch",
          2,
          "--hidden",
          3,
          "--validate-every",
          2,
          "--validation-instances",
          2);

  private static final String EVOLUTION = "evolution:deviation=0.1";

  @TempDir Path folder;

  @Test
  void leavesARunThatOtherCommandsTake() throws IOException {
    Path run = folder.resolve("runs/a");
    Cli cli = train("quadratic:dim=3", "-o", run, "--episodes", 4);
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(cli.out())
        .contains("quadratic:dim=3", "validation loss", "adam momentum rprop --steps 10");
    JsonNode settings = new ObjectMapper().readTree(run.resolve("run.json").toFile());
    assertThat(settings.get("problem").textValue()).isEqualTo("quadratic:dim=3");
    assertThat(settings.at("/episodes/count").intValue()).isEqualTo(4);
    assertThat(settings.at("/architecture/hidden").intValue()).isEqualTo(3);
    assertThat(Files.readAllLines(run.resolve("metrics.jsonl")))
        .filteredOn(line -> line.contains("validated"))
        .hasSize(2);

    Cli inspected = Cli.run(folder, "inspect", run);
    assertThat(inspected.out()).contains("quadratic:dim=3", "lstm0/weights", "step 32");
    Cli compared = Cli.run(folder, "compare", "quadratic", run, "sgd=0.01", "--instances", 2);
    assertThat(compared.out()).containsPattern("a +[0-9.e]+ .*learned");
  }

  /// What a page shows is all in its JSON, whatever becomes of the run.
  @Test
  void leavesAPageOfTheRun() throws IOException {
    Path run = folder.resolve("runs/a");
    Cli cli = train("quadratic:dim=3", "-o", run, "--episodes", 4, "--search-rate", 2);
    assertThat(cli.code()).as(cli.err()).isZero();
    String page = Files.readString(run.resolve("report.html"));
    assertThat(page)
        .contains(
            "An optimizer for quadratic:dim=3", "Settings", "<td>episodes/count</td><td>4</td>")
        .contains("train quadratic:dim=3 -o " + run + " --episodes 4 --search-rate 2")
        .doesNotContain("{{", "src=", "href=");
    JsonNode json = new ObjectMapper().readTree(run.resolve("training.json").toFile());
    assertThat(json.at("/validations"))
        .extracting(it -> it.get("episode").intValue())
        .containsExactly(0, 2, 4);
    assertThat(json.at("/validations/0/loss")).isEqualTo(json.at("/startLoss"));
    assertThat(json.at("/page/plots/0/series/0/y/2").doubleValue())
        .isEqualTo(json.at("/validations/2/loss").doubleValue());
    assertThat(json.at("/page/sections/0/plots")).hasSize(4);
    assertThat(Files.readString(run.resolve("training.csv")))
        .startsWith("episode,validationLoss\n0,");
    Path again = folder.resolve("again.html");
    assertThat(Cli.run(folder, "report", run.resolve("training.json"), "-o", again).code())
        .isZero();
    assertThat(again).hasContent(page);

    Cli longer = train("--resume", run, "--episodes", 6);
    assertThat(longer.code()).as(longer.err()).isZero();
    JsonNode more = new ObjectMapper().readTree(run.resolve("training.json").toFile());
    assertThat(more.at("/validations")).hasSize(4);
    assertThat(more.at("/command").textValue())
        .as("no command trains so many in one go to the same end")
        .isEmpty();
  }

  /// And the network of one that is started from stays one.
  @Test
  void trainsQuasiNewtonRulesOnWholeRuns() throws IOException {
    Path run = folder.resolve("a");
    Cli cli =
        train(
            "lasso:dim=3",
            "-o",
            run,
            "--episodes",
            2,
            "--quasi-newton",
            6,
            "--validate-runs",
            "--estimator",
            EVOLUTION);
    assertThat(cli.code()).as(cli.err()).isZero();
    JsonNode settings = new ObjectMapper().readTree(run.resolve("run.json").toFile());
    assertThat(settings.at("/architecture/kind").textValue()).isEqualTo("quasi-newton");
    assertThat(settings.at("/architecture/memory").intValue()).isEqualTo(6);
    assertThat(settings.at("/architecture/network/hidden").intValue()).isEqualTo(3);
    assertThat(settings.at("/validation/span").textValue()).isEqualTo("run");

    Path second = folder.resolve("b");
    Cli on =
        train(
            "lasso:dim=3",
            "-o",
            second,
            "--episodes",
            2,
            "--start-from",
            run,
            "--estimator",
            EVOLUTION);
    assertThat(on.code()).as(on.err()).isZero();
    JsonNode again = new ObjectMapper().readTree(second.resolve("run.json").toFile());
    assertThat(again.get("architecture")).isEqualTo(settings.get("architecture"));
    assertThat(again.at("/validation/span").textValue()).isEqualTo("end");
  }

  /// There is no way back through them, and no rule can be of two forms.
  @Test
  void quasiNewtonRulesAreRefusedWhatTheyCannotHave() {
    Path run = folder.resolve("a");
    Cli both = train("quadratic", "-o", run, "--quasi-newton", 6, "--base", "sgd=1");
    assertThat(both.err()).contains("--base and --quasi-newton exclude each other").hasLineCount(1);
    Cli bptt = train("quadratic", "-o", run, "--quasi-newton", 6, "--estimator", "bptt");
    assertThat(bptt.code()).isEqualTo(2);
    assertThat(bptt.err()).contains("evolution").hasLineCount(1);
    assertThat(run).doesNotExist();
  }

  /// Before anything is filled that cannot be, and before there is a folder.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "--batch 100000000",
        "--steps 100000 --unroll 100000 --batch 64000",
        "--steps 100000 --validation-instances 1000000"
      })
  void aTrainingThatMemoryIsTooSmallForIsRefusedAtOnce(String options) {
    Path run = folder.resolve("run");
    Cli cli = Cli.run(folder, (Object[]) ("train quadratic -o " + run + " " + options).split(" "));
    assertThat(cli.code()).isEqualTo(1);
    assertThat(cli.err())
        .contains("GB of memory at least, but Java has", "--batch", "--unroll", "-Xmx")
        .hasLineCount(1);
    assertThat(run).doesNotExist();
  }

  @Test
  void anExistingRunIsNotTouched() throws IOException {
    Path run = folder.resolve("run");
    train("quadratic", "-o", run, "--episodes", 2);
    byte[] before = Files.readAllBytes(run.resolve("best.safetensors"));
    Cli again = train("quadratic", "-o", run, "--episodes", 2, "--seed", 7);
    assertThat(again.code()).isEqualTo(1);
    assertThat(again.err()).contains("holds a run already").contains("--resume");
    assertThat(Files.readAllBytes(run.resolve("best.safetensors"))).isEqualTo(before);
    Files.writeString(folder.resolve("mine.txt"), "mine");
    assertThat(train("quadratic", "-o", folder).err()).contains("is not empty");
  }

  @Test
  void resumingAFinishedRunChangesNothing() throws IOException {
    Path run = folder.resolve("run");
    train("quadratic", "-o", run, "--episodes", 2);
    byte[] before = Files.readAllBytes(run.resolve("best.safetensors"));
    Cli resumed = Cli.run(folder, "train", "--resume", run);
    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(Files.readAllBytes(run.resolve("best.safetensors"))).isEqualTo(before);
  }

  @Test
  void aFinishedRunCanBeMadeLonger() throws IOException {
    Path run = folder.resolve("run");
    train("quadratic", "-o", run, "--episodes", 2);
    int lines = Files.readAllLines(run.resolve("metrics.jsonl")).size();
    Cli longer = Cli.run(folder, "train", "--resume", run, "--episodes", 4);
    assertThat(longer.code()).as(longer.err()).isZero();
    assertThat(longer.err()).contains("fades over all 4 episodes now: it jumps up again");
    assertThat(longer.out()).contains("of 4");
    assertThat(Files.readAllLines(run.resolve("metrics.jsonl"))).hasSizeGreaterThan(lines);
    assertThat(Cli.run(folder, "train", "--resume", run).out()).contains("trained already", "of 4");
    assertThat(Cli.run(folder, "train", "--resume", run, "--episodes", 3).err())
        .contains("was begun with episodes/count = 4: resuming cannot change it to 3");
    assertThat(Cli.run(folder, "train", "--resume", run, "--episodes", 5, "--seed", 2).err())
        .contains("was begun with seed = 1");
  }

  @Test
  void aCommandThatIsPrintedCanBePasted() throws IOException {
    Cli cli = train("quadratic", "-o", folder.resolve("my runs/it's"), "--episodes", 1);
    assertThat(cli.out())
        .contains("./glissade compare quadratic '" + folder + "/my runs/it'\\''s' adam momentum");
  }

  @Test
  void aJsonFileIsNoFileOfTheRun() throws IOException {
    Path run = folder.resolve("run");
    train("quadratic", "-o", run, "--episodes", 1);
    byte[] before = Files.readAllBytes(run.resolve("best.safetensors"));
    for (String name : new String[] {"best.safetensors", "run.json", "metrics.jsonl"}) {
      for (Object[] arguments :
          new Object[][] {
            {"train", "--resume", run, "--json", run.resolve(name)},
            {"train", "quadratic", "-o", run, "--json", run.resolve(name)}
          }) {
        assertThat(Cli.run(folder, arguments).err()).contains(name + " would be overwritten");
      }
    }
    Path best = run.resolve("best.safetensors");
    for (Object[] arguments :
        new Object[][] {
          {"compare", "quadratic", run, "--json", best, "--instances", 1},
          {"inspect", run, "--json", run.resolve("../run/best.safetensors")},
          {"inspect", best, "-o", folder, "--json", folder.resolve("response.json")},
          {"train", "quadratic", "-o", folder.resolve("r"), "--outer", run, "--json", best},
          {"experiment", "run", "fig4-quadratic", "--optimizer", run, "--json", best},
          {"compare", "quadratic", "sgd=1", "-o", folder, "--json", folder + "/comparison.json"},
          {"compare", "quadratic", "sgd=1", "-o", folder, "--json", folder + "/./report.html"}
        }) {
      Cli cli = Cli.run(folder, arguments);
      assertThat(cli.err()).contains("would be overwritten: choose another file to write to");
      assertThat(cli.code()).isEqualTo(2);
    }
    assertThat(best).hasBinaryContent(before);
  }

  @Test
  void jsonOnStandardOutputIsAllThatIsThere() throws IOException {
    Cli cli = train("quadratic", "-o", folder.resolve("run"), "--episodes", 1, "--json", "-");
    assertThat(new ObjectMapper().readTree(cli.out()).get("bestEpisode").isNumber()).isTrue();
    assertThat(cli.err()).contains("Trained for quadratic", "Next: ");
    assertThat(Path.of("-")).doesNotExist();
  }

  @Test
  void resumingRefusesWhatContradicts() throws IOException {
    Path run = folder.resolve("run");
    train("quadratic", "-o", run, "--episodes", 2);
    assertThat(Cli.run(folder, "train", "--resume", run, "quadratic", "--steps", 10).code())
        .isZero();
    assertThat(Cli.run(folder, "train", "--resume", run, "--steps", 20).err())
        .contains("was begun with episodes/steps = 10: resuming cannot change it to 20");
    assertThat(Cli.run(folder, "train", "--resume", run, "--seed", 2).err())
        .contains("was begun with seed = 1");
    assertThat(Cli.run(folder, "train", "--resume", run, "rosenbrock").err())
        .contains("is a run for quadratic, not for rosenbrock");
    assertThat(Cli.run(folder, "train", "--resume", run, "--budget", "1m").code()).isEqualTo(2);
    assertThat(Cli.run(folder, "train", "--resume", folder).err()).contains("is no run folder");
    Files.writeString(run.resolve("run.json"), "{\"problem\":\"quadratic\"}");
    assertThat(Cli.run(folder, "train", "--resume", run).err()).contains("run.json: is damaged");
    Files.writeString(run.resolve("run.json"), "{");
    assertThat(Cli.run(folder, "train", "--resume", run).code()).isEqualTo(1);
  }

  @Test
  void aLearnedOptimizerTrainsAnother() throws IOException {
    Path outer = folder.resolve("outer");
    train("quadratic", "-o", outer, "--episodes", 2);
    Path run = folder.resolve("run");
    Cli cli = train("quadratic", "-o", run, "--episodes", 2, "--outer", outer);
    assertThat(cli.code()).as(cli.err()).isZero();
    byte[] before = Files.readAllBytes(run.resolve("best.safetensors"));
    Files.delete(outer.resolve("best.safetensors"));
    assertThat(Cli.run(folder, "train", "--resume", run).code()).isZero();
    assertThat(Files.readAllBytes(run.resolve("best.safetensors"))).isEqualTo(before);
  }

  /// A baseline without a rate has the usual one, and both fade; options go before.
  @ParameterizedTest
  @CsvSource({
    "rmsprop, '', rmsprop, 0.01",
    "rmsprop=0.03, '', rmsprop, 0.03",
    "sgd=0.03, --learning-rate 0.5, sgd, 0.5",
  })
  void aBaselineTrainsAnOptimizer(String outer, String more, String rule, double used)
      throws IOException {
    Path run = folder.resolve("run");
    List<Object> words = new ArrayList<>(List.of("quadratic", "-o", run, "--episodes", 2));
    words.addAll(List.of("--outer", outer));
    words.addAll(more.isEmpty() ? List.of() : List.of((Object[]) more.split(" ")));
    Cli cli = train(words.toArray());
    assertThat(cli.code()).as(cli.err()).isZero();
    JsonNode plan = new ObjectMapper().readTree(run.resolve("run.json").toFile()).get("outer");
    assertThat(plan.at("/rule/rule").textValue()).isEqualTo(rule);
    assertThat(plan.at("/rule/learningRate").doubleValue()).isEqualTo(used);
    assertThat(plan.get("fading").booleanValue()).isTrue();
  }

  @Test
  void anOptimizerTrainsItselfAndGoesOn() throws IOException {
    Path run = folder.resolve("run");
    Cli cli =
        Cli.run(
            folder,
            "train",
            "training:of=quadratic:dim=2,steps=4",
            "-o",
            run,
            "--base",
            "adam=0.03",
            "--layers",
            0,
            "--estimator",
            "evolution:deviation=0.1",
            "--steps",
            3,
            "--batch",
            1,
            "--episodes",
            6,
            "--validation-instances",
            2,
            "--outer",
            "self",
            "--average");
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(cli.out()).containsPattern("after episode \\d of 6|the average over the last third");
    byte[] before = Files.readAllBytes(run.resolve("best.safetensors"));
    assertThat(Cli.run(folder, "train", "--resume", run).code()).isZero();
    assertThat(Files.readAllBytes(run.resolve("best.safetensors"))).isEqualTo(before);
    Cli compared =
        Cli.run(
            folder,
            "compare",
            "training:of=quadratic:dim=2,steps=4",
            run,
            "adam=0.03",
            "--steps",
            3,
            "--instances",
            2);
    assertThat(compared.code()).as(compared.err()).isZero();
    assertThat(compared.out()).contains("held out");
    Cli plain = Cli.run(folder, "compare", "quadratic", "adam=0.03", "--steps", 3);
    assertThat(plain.out()).doesNotContain("held out");
  }

  @Test
  void aBudgetBecomesANumberOfEpisodesThatGivesTheSameAgain() throws IOException {
    Path timed = folder.resolve("timed");
    assertThat(train("quadratic", "-o", timed, "--budget", "1s").code()).isZero();
    int episodes =
        new ObjectMapper()
            .readTree(timed.resolve("run.json").toFile())
            .at("/episodes/count")
            .intValue();
    Path counted = folder.resolve("counted");
    train("quadratic", "-o", counted, "--episodes", episodes);
    assertThat(counted.resolve("best.safetensors"))
        .hasSameBinaryContentAs(timed.resolve("best.safetensors"));
  }

  @Test
  void aBudgetThatIsTooShortIsNotOverspent() throws IOException {
    Path run = folder.resolve("run");
    String command = "train quadratic --budget 1s --steps 50000 --batch 1 --validation-instances 1";
    Cli cli =
        Cli.run(
            folder, Stream.concat(Stream.of(command.split(" ")), Stream.of("-o", run)).toArray());
    assertThat(cli.code()).isEqualTo(1);
    assertThat(cli.err()).contains("budget", "steps");
    assertThat(train("quadratic", "-o", run, "--episodes", 2).code()).as("the next try").isZero();
  }

  @Test
  void searchesTheMetaLearningRate() throws IOException {
    Path json = folder.resolve("result.json");
    Cli cli =
        train(
            "quadratic",
            "-o",
            folder.resolve("run"),
            "--episodes",
            4,
            "--search-rate",
            3,
            "--json",
            json);
    assertThat(cli.code()).as(cli.err()).isZero();
    JsonNode result = new ObjectMapper().readTree(json.toFile());
    assertThat(result.get("rates")).hasSize(3);
    double best = Double.POSITIVE_INFINITY;
    double rate = 0;
    for (JsonNode trial : result.get("rates")) {
      if (trial.get("loss").doubleValue() < best) {
        best = trial.get("loss").doubleValue();
        rate = trial.get("learningRate").doubleValue();
      }
    }
    assertThat(result.at("/training/outer/rule/learningRate").doubleValue()).isEqualTo(rate);
  }

  @Test
  void optionsReachTheRun() throws IOException {
    Path run = folder.resolve("run");
    Cli cli =
        train(
            "rosenbrock",
            "-o",
            run,
            "--episodes",
            2,
            "--no-decay",
            "--estimator",
            "bptt:coordinateFraction=0.5",
            "--preprocessing",
            "log-sign:5",
            "--output-scale",
            0.1,
            "--clip",
            2,
            "--layers",
            1);
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(Files.readString(run.resolve("run.json")))
        .contains(
            "\"fading\":false",
            "\"coordinateFraction\":0.5",
            "\"inputs\":\"log-sign:5.0\"",
            "\"outputScale\":0.1",
            "\"clip\":2.0",
            "\"layers\":1");
    Path exact = folder.resolve("exact");
    train("quadratic", "-o", exact, "--episodes", 2, "--estimator", "exact-bptt");
    assertThat(Files.readString(exact.resolve("run.json"))).contains("\"kind\":\"exact-bptt\"");
    Path first = folder.resolve("first");
    train("quadratic", "-o", first, "--episodes", 2, "--estimator", "bptt");
    assertThat(Files.readString(first.resolve("run.json"))).contains("\"kind\":\"bptt\"");
  }

  @Test
  void trainsOnLogarithmsOfLosses() throws IOException {
    Path run = folder.resolve("log");
    Cli cli =
        train(
            "quadratic", "-o", run, "--episodes", 4, "--log-loss", "--preprocessing", "adam-like");
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(Files.readString(run.resolve("run.json")))
        .contains("\"loss\":\"logarithms\"", "\"inputs\":\"adam-like:0.95\"");
  }

  @Test
  void aRecipeSetsWhatIsNotGiven() throws IOException {
    Path run = folder.resolve("robust");
    Cli cli = train("quadratic", "-o", run, "--episodes", 8, "--recipe", "robust");
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(Files.readString(run.resolve("run.json")))
        .contains("\"steps\":10", "\"curriculum\":\"5x60%,5x20%,5x10%\"")
        .contains("\"loss\":\"logarithms\"", "\"base\":{\"rule\":\"adam\"");
    assertThat(Cli.run(folder, "train", "--resume", run).code()).isZero();
    assertThat(Cli.run(folder, "train", "--resume", run, "--recipe", "paper").err())
        .contains("leave out");

    Path mixed = folder.resolve("mixed");
    cli =
        train(
            "quadratic",
            "-o",
            mixed,
            "--episodes",
            2,
            "--mix",
            "rosenbrock",
            "--mix",
            "lasso:dim=5",
            "--curriculum",
            "5x1");
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(Files.readString(mixed.resolve("run.json")))
        .contains("\"mix\":[\"rosenbrock\",\"lasso:dim=5\"]", "\"curriculum\":\"5x1\"");
    assertThat(train("quadratic", "-o", folder.resolve("x"), "--mix", "rosen").err())
        .contains("unknown problem 'rosen'");
  }

  @Test
  void trainingStartsFromATrainedOptimizer() throws IOException {
    Path first = folder.resolve("first");
    train("quadratic", "-o", first, "--episodes", 2, "--preprocessing", "log-sign:10");
    Path second = folder.resolve("second");
    Cli cli =
        train(
            "quadratic",
            "-o",
            second,
            "--episodes",
            2,
            "--start-from",
            first,
            "--groups",
            "x=x",
            "--learning-rate",
            "1e-12");
    assertThat(cli.code()).as(cli.err()).isZero();
    float[] lstm = TrainedOptimizer.load(first.resolve("best.safetensors")).weights();
    TrainedOptimizer grouped = TrainedOptimizer.load(second.resolve("best.safetensors"));
    assertThat(grouped.architecture().summary()).isEqualTo("LSTM 2 × 3, 2 groups");
    for (int i = 0; i < grouped.weights().length; i++) {
      assertThat(grouped.weights()[i]).isCloseTo(lstm[i % lstm.length], within(1e-6f));
    }
    Files.delete(first.resolve("best.safetensors"));
    assertThat(Cli.run(folder, "train", "--resume", second).code()).isZero();
  }

  private Cli train(Object... arguments) {
    return Cli.run(
        folder,
        Stream.of(Stream.of("train"), Stream.of(arguments), TINY.stream())
            .flatMap(s -> s)
            .toArray());
  }
}
