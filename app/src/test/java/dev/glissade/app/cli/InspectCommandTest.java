package dev.glissade.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
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
}
