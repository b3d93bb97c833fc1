package dev.glissade.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectCommandTest {

  @TempDir Path folder;

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
  void outHoldsDataPicturesAndAPage() throws IOException {
    Path out = folder.resolve("out");
    Cli cli = Cli.run(folder, "inspect", "pretrained:cifar", "--out", out);
    assertThat(cli.code()).as(cli.err()).isZero();
    JsonNode json = new ObjectMapper().readTree(out.resolve("response.json").toFile());
    JsonNode series = json.at("/page/plots/0/series/0");
    assertThat(series.get("name").textValue()).isEqualTo("gradient 0.001");
    assertThat(series.get("y")).isEqualTo(json.at("/responses/0/rates")).hasSize(32);
    assertThat(json.at("/page/plots/1/series/0/y")).isEqualTo(json.at("/responses/5/rates"));
    assertThat(json.at("/page/sections/0/plots/0/series")).hasSize(3);
    assertThat(json.at("/page/command").textValue())
        .endsWith("inspect pretrained:cifar --out " + out);
    assertThat(Files.readAllLines(out.resolve("response-alternating.csv"))).hasSize(33);
    String page = Files.readString(out.resolve("report.html"));
    assertThat(page).contains("What pretrained:cifar has learned", "How it came to be");
    Path again = folder.resolve("again.html");
    Cli.run(folder, "report", out.resolve("response.json"), "-o", again);
    assertThat(again).hasContent(page);
  }
}
