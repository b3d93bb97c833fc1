package dev.glissade.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.glissade.torch.art.Masterpiece;
import dev.glissade.torch.image.Picture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A demo that is run once, and what is looked at afterwards.
class DemoCommandTest {

  @TempDir static Path folder;

  private static Path out = Path.of("");
  private static Cli demo = new Cli(-1, "", "");

  @BeforeAll
  static void run() {
    out = folder.resolve("demo");
    demo = Cli.run(folder, "demo", "--episodes", 2, "--instances", 8, "--out", out);
  }

  @Test
  void learnsComparesAndReports() {
    assertThat(demo.code()).as(demo.err()).isZero();
    assertThat(demo.out())
        .contains(
            "LSTM",
            "sgd",
            "momentum",
            "nesterov",
            "rmsprop",
            "adagrad",
            "rprop",
            "adam",
            "lbfgs",
            "adam+cosine")
        .contains("the best");
    assertThat(out.resolve("report.html")).isNotEmptyFile();
    assertThat(out.resolve("curves.png")).isNotEmptyFile();
    assertThat(out.resolve("comparison.json")).isNotEmptyFile();
  }

  @Test
  void whatItLearnedCanBeInspected() throws IOException {
    assertThat(Cli.run(folder, "inspect", out).code()).isZero();
    Path inspected = folder.resolve("inspected");
    Cli cli = Cli.run(folder, "inspect", out.resolve("best.safetensors"), "--out", inspected);
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(cli.out()).contains("demo", "hidden", "lstm1/weights");
    assertThat(Files.readString(inspected.resolve("response.svg"))).contains("<svg");
    JsonNode json = new ObjectMapper().readTree(inspected.resolve("response.json").toFile());
    assertThat(json.get("responses").get(0).get("rates")).hasSize(32);
  }

  @Test
  void resultsAreNotWrittenOverUnlessThatIsWanted() throws IOException {
    byte[] before = Files.readAllBytes(out.resolve("best.safetensors"));
    Cli again = Cli.run(folder, "demo", "--episodes", 1, "--out", out);
    assertThat(again.err()).contains("holds results already: choose another --out, or add --force");
    assertThat(again.code()).isEqualTo(1);
    assertThat(out.resolve("best.safetensors")).hasBinaryContent(before);
    Path forced = folder.resolve("forced");
    Files.createDirectory(forced);
    Files.write(forced.resolve("best.safetensors"), before);
    Object[] command = {"demo", "--episodes", 1, "--instances", 2, "--out", forced};
    assertThat(Cli.run(folder, command).err()).contains("holds an optimizer already");
    Object[] force = Stream.concat(Stream.of(command), Stream.of("--force")).toArray();
    assertThat(Cli.run(folder, force).code()).isZero();
  }

  /// No data folder and no download: the digits ship.
  @Test
  void networksNeedNoDownload() throws IOException {
    Path networks = folder.resolve("networks");
    Cli cli =
        Cli.run(folder, "demo", "networks", "--episodes", 1, "--instances", 2, "--out", networks);
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(cli.out())
        .contains("Learning an optimizer for digits from 2 networks with random weights")
        .contains("digits: mean loss over 2 TEST instances", "LSTM", "muon", "sgd", "rprop");
    assertThat(networks.resolve("curves.png")).isNotEmptyFile();
    assertThat(Cli.run(folder, "inspect", networks).out()).contains("matrices", "muon");
  }

  @Test
  void picturesAreMadeInEachStyleThatShips() throws IOException {
    Path pictures = folder.resolve("pictures");
    Object[] command = {"demo", "art", "--size", 48, "--steps", 2, "--out", pictures};
    Cli cli = Cli.run(folder, command);
    assertThat(cli.code()).as(cli.err()).isZero();
    byte[] landscape = Files.readAllBytes(pictures.resolve("landscape.png"));
    for (Masterpiece painting : Masterpiece.values()) {
      Path made = pictures.resolve(painting.label() + ".png");
      assertThat(Picture.read(made).height()).isEqualTo(32);
      assertThat(made).isRegularFile();
      assertThat(Files.readAllBytes(made)).isNotEqualTo(landscape);
      assertThat(cli.out()).contains(painting.title(), made.toString());
    }
    assertThat(Cli.run(folder, command).err())
        .contains("landscape.png is there already: choose another --out, or add --force");
  }
}
