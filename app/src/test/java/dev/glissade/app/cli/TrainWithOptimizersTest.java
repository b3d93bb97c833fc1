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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Optimizers that a training takes: to train with, to start from, or as its form.
class TrainWithOptimizersTest {

  private static final String EVOLUTION = "evolution:deviation=0.1";

  @TempDir Path folder;

  /// And the network of one that is started from stays one.
  @Test
  void trainsQuasiNewtonRulesOnWholeRuns() throws IOException {
    Path run = folder.resolve("a");
    Cli cli =
        Cli.train(
            folder,
            "lasso:dim=3",
            "-o",
            run,
            "--episodes",
            2,
            "--quasi-newton",
            6,
            "--secants",
            "newest",
            "--validate-runs",
            "--estimator",
            EVOLUTION);
    assertThat(cli.code()).as(cli.err()).isZero();
    JsonNode settings = new ObjectMapper().readTree(run.resolve("run.json").toFile());
    assertThat(settings.at("/architecture/kind").textValue()).isEqualTo("quasi-newton");
    assertThat(settings.at("/architecture/memory").intValue()).isEqualTo(6);
    assertThat(settings.at("/architecture/secants").textValue()).isEqualTo("newest");
    assertThat(settings.at("/architecture/network/hidden").intValue()).isEqualTo(3);
    assertThat(settings.at("/validation/span").textValue()).isEqualTo("run");

    Path second = folder.resolve("b");
    Cli on =
        Cli.train(
            folder,
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

  /// In other coordinates the rule is what it would be.
  @Test
  void trainsRulesInSmoothedCoordinates() throws IOException {
    Path run = folder.resolve("a");
    Cli cli =
        Cli.train(
            folder,
            "lasso:dim=3",
            "-o",
            run,
            "--episodes",
            1,
            "--quasi-newton",
            6,
            "--secants",
            "newest",
            "--smooth",
            "x",
            "--estimator",
            EVOLUTION + ",skip=0.5");
    assertThat(cli.code()).as(cli.err()).isZero();
    JsonNode settings = new ObjectMapper().readTree(run.resolve("run.json").toFile());
    assertThat(settings.at("/architecture/kind").textValue()).isEqualTo("smoothed");
    assertThat(settings.at("/architecture/grids").textValue()).isEqualTo("x");
    assertThat(settings.at("/architecture/rule/memory").intValue()).isEqualTo(6);
    assertThat(settings.at("/architecture/rule/secants").textValue()).isEqualTo("newest");
    assertThat(settings.at("/estimator/skip").doubleValue()).isEqualTo(0.5);
  }

  /// There is no way back through them, and no rule can be of two forms.
  @Test
  void quasiNewtonRulesAreRefusedWhatTheyCannotHave() {
    Path run = folder.resolve("a");
    Cli both = Cli.train(folder, "quadratic", "-o", run, "--quasi-newton", 6, "--base", "sgd=1");
    assertThat(both.err()).contains("--base and --quasi-newton exclude each other").hasLineCount(1);
    Cli bptt =
        Cli.train(folder, "quadratic", "-o", run, "--quasi-newton", 6, "--estimator", "bptt");
    assertThat(bptt.code()).isEqualTo(2);
    assertThat(bptt.err()).contains("evolution").hasLineCount(1);
    Cli none = Cli.train(folder, "quadratic", "-o", run, "--secants", "newest");
    assertThat(none.err()).contains("--secants is for quasi-Newton rules").hasLineCount(1);
    assertThat(run).doesNotExist();
  }

  @Test
  void aLearnedOptimizerTrainsAnother() throws IOException {
    Path outer = folder.resolve("outer");
    Cli.train(folder, "quadratic", "-o", outer, "--episodes", 2);
    Path run = folder.resolve("run");
    Cli cli = Cli.train(folder, "quadratic", "-o", run, "--episodes", 2, "--outer", outer);
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
    Cli cli = Cli.train(folder, words.toArray());
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
  void trainingStartsFromATrainedOptimizer() throws IOException {
    Path first = folder.resolve("first");
    Cli.train(folder, "quadratic", "-o", first, "--episodes", 2, "--preprocessing", "log-sign:10");
    Path second = folder.resolve("second");
    Cli cli =
        Cli.train(
            folder,
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

  /// The new inputs have no weight at first, and a rate of next to nothing gives them none.
  @Test
  void startsFromAnOptimizerThatSawLess() throws IOException {
    Path first = folder.resolve("a");
    Path second = folder.resolve("b");
    Cli less =
        Cli.train(
            folder, "quadratic", "-o", first, "--episodes", 2, "--preprocessing", "log-sign:10");
    assertThat(less.code()).as(less.err()).isZero();
    Cli more =
        Cli.train(
            folder,
            "quadratic",
            "-o",
            second,
            "--episodes",
            2,
            "--start-from",
            first,
            "--preprocessing",
            "log-sign:20+adam-like:0.95",
            "--learning-rate",
            "1e-12");
    assertThat(more.code()).as(more.err()).isZero();
    float[] narrow = TrainedOptimizer.load(first.resolve("best.safetensors")).weights();
    float[] wide = TrainedOptimizer.load(second.resolve("best.safetensors")).weights();
    assertThat(wide).hasSize(narrow.length + 2 * 4 * 3);
    assertThat(wide[0]).isCloseTo(2 * narrow[0], within(1e-6f));
    assertThat(wide[1]).isCloseTo(narrow[1], within(1e-6f));
    assertThat(wide[2]).isCloseTo(0, within(1e-6f));
    assertThat(wide[3]).isCloseTo(0, within(1e-6f));
    assertThat(wide[4]).isCloseTo(narrow[2], within(1e-6f));
  }
}
