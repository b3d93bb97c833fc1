package dev.glissade.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TuneCommandTest {

  @TempDir Path folder;

  @Test
  void tuneFindsTheRateThatCompareUses() throws IOException {
    Path json = folder.resolve("tune.json");
    Cli cli =
        Cli.run(folder, "tune", "sgd", "quadratic", "--instances", 4, "--steps", 5, "--json", json);
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(cli.out()).contains("learning rate", "* ");
    JsonNode tuned = new ObjectMapper().readTree(json.toFile());
    assertThat(tuned.get("trials").size()).isGreaterThan(10);
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
}
