package dev.glissade.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtherCommandsTest {

  @TempDir Path folder;

  @Test
  void tuneFindsTheRateThatCompareUses() throws IOException {
    Path json = folder.resolve("tune.json");
    Cli cli =
        Cli.run(folder, "tune", "sgd", "quadratic", "--instances", 4, "--steps", 5, "--json", json);
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(cli.out()).contains("learning rate", "* ");
    JsonNode tuned = new ObjectMapper().readTree(json.toFile());
    assertThat(tuned.get("trials").size()).isGreaterThan(15);
    Path compared = folder.resolve("compare.json");
    Cli.run(
        folder,
        "compare",
        "quadratic",
        "sgd",
        "--tuning-instances",
        4,
        "--steps",
        5,
        "--json",
        compared);
    assertThat(
            new ObjectMapper()
                .readTree(compared.toFile())
                .at("/optimizers/0/settings/learningRate")
                .asDouble())
        .isEqualTo(tuned.at("/best/learningRate").doubleValue());
  }

  @Test
  void demoLearnsComparesAndReports() throws IOException {
    Path out = folder.resolve("demo");
    Cli cli = Cli.run(folder, "demo", "--episodes", 2, "--instances", 8, "--out", out);
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(cli.out())
        .contains("LSTM", "sgd", "momentum", "nesterov", "rmsprop", "adagrad", "rprop", "adam")
        .contains("the best");
    assertThat(out.resolve("report.html")).isNotEmptyFile();
    assertThat(out.resolve("curves.png")).isNotEmptyFile();
    assertThat(out.resolve("comparison.json")).isNotEmptyFile();
    assertThat(Cli.run(folder, "inspect", out).code()).isZero();
  }

  @Test
  void inspectWritesThePictureAndItsData() throws IOException {
    Path out = folder.resolve("demo");
    Cli.run(folder, "demo", "--episodes", 2, "--instances", 2, "--out", out);
    Path inspected = folder.resolve("inspected");
    Cli cli = Cli.run(folder, "inspect", out.resolve("best.safetensors"), "--out", inspected);
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(cli.out()).contains("demo", "hidden", "lstm1/weights [80, 40]".substring(0, 13));
    assertThat(Files.readString(inspected.resolve("response.svg"))).contains("<svg");
    JsonNode json = new ObjectMapper().readTree(inspected.resolve("response.json").toFile());
    assertThat(json.get("responses").get(0).get("rates")).hasSize(32);
    assertThat(json.at("/network/hidden").textValue()).isEqualTo("20");
  }

  @Test
  void inspectTellsTheRatesThatWereLearned() throws IOException {
    Path json = folder.resolve("cifar.json");
    Cli cli = Cli.run(folder, "inspect", "pretrained:cifar", "--json", json);
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(cli.out()).containsPattern("matrices +muon +0\\.0").contains("fading");
    JsonNode rates = new ObjectMapper().readTree(json.toFile()).get("rates");
    assertThat(rates)
        .extracting(rate -> rate.get("group").textValue())
        .containsExactly("matrices", "offsets", "rest");
    assertThat(rates.at("/0/atStep/1000").doubleValue()).isBetween(1e-4, 1e-1);
    assertThat(Cli.run(folder, "inspect", "pretrained:mnist").out()).doesNotContain("fading");
  }

  @Test
  void doctorReportsEveryFindingWithItsRemedy() throws IOException {
    Path json = folder.resolve("doctor.json");
    Cli cli = Cli.run(folder, "doctor", "--json", json);
    assertThat(cli.out()).contains("JDK", "kernels", "cores", "memory", "cache folder", "disk");
    assertThat(cli.out()).containsPattern("warn +Maven +not on the PATH\\s+→ install it");
    assertThat(cli.code()).isZero();
    assertThat(new ObjectMapper().readTree(json.toFile()).get("findings").size()).isGreaterThan(8);
  }
}
