package dev.glissade.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.glissade.app.catalog.OptimizerName;
import dev.glissade.app.terminal.Numbers;
import dev.glissade.file.JsonObject;
import dev.glissade.learned.TrainedOptimizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `experiment run figB-updates`, end to end, on problems that take no time.
class UpdatesTest {

  private static final int STEPS = 100;
  private static final int ANSWERED = 32;
  private static final int GRADIENTS = 43; // 0, and on either side 21 from 0.01 to 100 times

  @TempDir static Path folder;

  private static Path out = Path.of("");
  private static Cli cli = new Cli(-1, "", "");
  private static JsonNode json = new ObjectMapper().createObjectNode();

  @BeforeAll
  static void run() throws IOException {
    out = folder.resolve("out");
    cli =
        Cli.run(
            folder,
            "experiment",
            "run",
            "figB-updates",
            "--optimizer",
            "pretrained:quadratic",
            "--optimizer",
            "pretrained:quadratic-uniform",
            "-o",
            out);
    json = new ObjectMapper().readTree(out.resolve("experiment.json").toFile());
  }

  private static JsonNode proposals(int run, int coordinate, int optimizer) {
    return json.at(
        "/runs/%s/trace/coordinates/%s/proposals/%s".formatted(run, coordinate, optimizer));
  }

  @Test
  void everyOptimizerRunsOnWhatItWasTrainedForBesideTunedAdam() {
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(json.at("/runs/0/problem").textValue()).isEqualTo("quadratic");
    assertThat(json.at("/runs/1/problem").textValue()).isEqualTo("quadratic-uniform");
    assertThat(json.at("/runs/0/steps").intValue()).isEqualTo(STEPS);
    assertThat(proposals(0, 0, 0).get("optimizer").textValue()).isEqualTo("pretrained:quadratic");
    assertThat(proposals(0, 1, 1).get("optimizer").textValue()).isEqualTo("adam");
    assertThat(proposals(0, 0, 0).get("updates")).hasSize(STEPS);
  }

  /// Adam's first update is its rate, against the sign of whatever gradient.
  @Test
  void adamHasItsTunedRate() {
    double rate = Double.parseDouble(json.at("/runs/0/settings/adam/learningRate").textValue());
    JsonNode answers = proposals(0, 0, 1).get("answers");
    assertThat(answers).hasSize(ANSWERED);
    assertThat(answers.get(0).get("updates")).hasSize(GRADIENTS);
    assertThat(answers.get(0).get("updates").get(0).doubleValue()).isEqualTo(rate, within(1e-5));
    assertThat(answers.get(0).get("updates").get(GRADIENTS - 1).doubleValue())
        .isEqualTo(-rate, within(1e-5));
    JsonNode multiples = json.at("/runs/0/trace/multiples");
    assertThat(multiples.get(0).doubleValue()).isEqualTo(-100, within(1e-9));
    assertThat(multiples.get(GRADIENTS / 2).doubleValue()).isZero();
    assertThat(multiples.get(GRADIENTS - 1).doubleValue()).isEqualTo(100, within(1e-9));
  }

  @Test
  void leavesDataPicturesAndAPage() throws IOException {
    for (String name : List.of("updates-quadratic", "updates-quadratic-uniform")) {
      List<String> csv = Files.readAllLines(out.resolve(name + ".csv"));
      assertThat(csv).hasSize(1 + 2 * 2 * (STEPS + ANSWERED * GRADIENTS));
      assertThat(Files.readString(out.resolve(name + ".svg"))).contains("<svg");
    }
    JsonNode adam = proposals(0, 0, 1);
    assertThat(Files.readString(out.resolve("updates-quadratic.csv")))
        .contains(
            "adam,%s,,%s,%s\n"
                .formatted(
                    STEPS,
                    json.at("/runs/0/trace/coordinates/0/gradients/99").doubleValue(),
                    adam.get("updates").get(99).doubleValue()));
    var picture = ImageIO.read(out.resolve("updates-quadratic.png").toFile());
    assertThat(picture.getWidth()).isEqualTo(3 * 560); // the updates, two optimizers' answers
    assertThat(picture.getHeight()).isEqualTo(2 * 400); // two coordinates
    String page = Files.readString(out.resolve("report.html"));
    assertThat(page.split("data:image/svg", -1)).hasSize(1 + 2);
    assertThat(page).contains("smoothness", "root mean squares").doesNotContain("{{");
  }

  @Test
  void saysHowLargeAndHowSmoothTheUpdatesAre() {
    double ratio =
        proposals(0, 0, 0).get("size").doubleValue() / proposals(0, 0, 1).get("size").doubleValue();
    assertThat(cli.out())
        .contains("figB-updates (figure 10 to 13)", "update, rms", "smoothness")
        .contains(
            "pretrained:quadratic on quadratic: updates " + Numbers.digits(ratio, 2) + " and ");
  }

  @Test
  void anOptimizerThatDoesNotSayItsProblemIsRefused() throws IOException {
    Path file = folder.resolve("mine.safetensors");
    var quadratic = OptimizerName.parseLearned("pretrained:quadratic").trained();
    new TrainedOptimizer(quadratic.architecture(), quadratic.weights(), JsonObject.empty())
        .save(file);
    Cli refused =
        Cli.run(
            folder,
            "experiment",
            "run",
            "figB-updates",
            "--optimizer",
            file,
            "-o",
            folder.resolve("no"));
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("mine does not say what problem it was trained for");
    assertThat(folder.resolve("no")).doesNotExist();
  }
}
