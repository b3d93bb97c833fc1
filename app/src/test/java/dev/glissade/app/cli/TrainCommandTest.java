package dev.glissade.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainCommandTest {

  @TempDir Path folder;

  @Test
  void leavesARunThatOtherCommandsTake() throws IOException {
    Path run = folder.resolve("runs/a");
    Cli cli = Cli.train(folder, "quadratic:dim=3", "-o", run, "--episodes", 4);
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
    Cli cli = Cli.train(folder, "quadratic:dim=3", "-o", run, "--episodes", 4, "--search-rate", 2);
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

    Cli longer = Cli.train(folder, "--resume", run, "--episodes", 6);
    assertThat(longer.code()).as(longer.err()).isZero();
    JsonNode more = new ObjectMapper().readTree(run.resolve("training.json").toFile());
    assertThat(more.at("/validations")).hasSize(4);
    assertThat(more.at("/command").textValue())
        .as("no command trains so many in one go to the same end")
        .isEmpty();
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
  void aCommandThatIsPrintedCanBePasted() throws IOException {
    Cli cli = Cli.train(folder, "quadratic", "-o", folder.resolve("my runs/it's"), "--episodes", 1);
    assertThat(cli.out())
        .contains("./glissade compare quadratic '" + folder + "/my runs/it'\\''s' adam momentum");
  }

  @Test
  void aJsonFileIsNoFileOfTheRun() throws IOException {
    Path run = folder.resolve("run");
    Cli.train(folder, "quadratic", "-o", run, "--episodes", 1);
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
    Cli cli =
        Cli.train(folder, "quadratic", "-o", folder.resolve("run"), "--episodes", 1, "--json", "-");
    assertThat(new ObjectMapper().readTree(cli.out()).get("bestEpisode").isNumber()).isTrue();
    assertThat(cli.err()).contains("Trained for quadratic", "Next: ");
    assertThat(Path.of("-")).doesNotExist();
  }

  @Test
  void searchesTheMetaLearningRate() throws IOException {
    Path json = folder.resolve("result.json");
    Cli cli =
        Cli.train(
            folder,
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
        Cli.train(
            folder,
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
    Cli.train(folder, "quadratic", "-o", exact, "--episodes", 2, "--estimator", "exact-bptt");
    assertThat(Files.readString(exact.resolve("run.json"))).contains("\"kind\":\"exact-bptt\"");
    Path first = folder.resolve("first");
    Cli.train(folder, "quadratic", "-o", first, "--episodes", 2, "--estimator", "bptt");
    assertThat(Files.readString(first.resolve("run.json"))).contains("\"kind\":\"bptt\"");
  }

  @Test
  void trainsOnLogarithmsOfLosses() throws IOException {
    Path run = folder.resolve("log");
    Cli cli =
        Cli.train(
            folder,
            "quadratic",
            "-o",
            run,
            "--episodes",
            4,
            "--log-loss",
            "--preprocessing",
            "adam-like");
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(Files.readString(run.resolve("run.json")))
        .contains("\"loss\":\"logarithms\"", "\"inputs\":\"adam-like:0.95\"");
  }

  @Test
  void aRecipeSetsWhatIsNotGiven() throws IOException {
    Path run = folder.resolve("robust");
    Cli cli = Cli.train(folder, "quadratic", "-o", run, "--episodes", 8, "--recipe", "robust");
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(Files.readString(run.resolve("run.json")))
        .contains("\"steps\":10", "\"curriculum\":\"5x60%,5x20%,5x10%\"")
        .contains("\"loss\":\"logarithms\"", "\"base\":{\"rule\":\"adam\"");
    assertThat(Cli.run(folder, "train", "--resume", run).code()).isZero();
    assertThat(Cli.run(folder, "train", "--resume", run, "--recipe", "paper").err())
        .contains("leave out");

    Path mixed = folder.resolve("mixed");
    cli =
        Cli.train(
            folder,
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
    assertThat(Cli.train(folder, "quadratic", "-o", folder.resolve("x"), "--mix", "rosen").err())
        .contains("unknown problem 'rosen'");
  }
}
