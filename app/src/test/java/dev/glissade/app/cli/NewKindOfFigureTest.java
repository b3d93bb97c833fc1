package dev.glissade.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.glissade.app.catalog.OptimizerName;
import dev.glissade.app.experiment.Design;
import dev.glissade.app.experiment.Design.LearnedContender;
import dev.glissade.app.experiment.Experiment;
import dev.glissade.app.experiment.ExperimentRun;
import dev.glissade.app.experiment.Experiments;
import dev.glissade.app.experiment.TrainingRecipe;
import dev.glissade.app.report.Columns;
import dev.glissade.app.report.ComparisonReport;
import dev.glissade.app.report.Csv;
import dev.glissade.app.report.ExperimentReport;
import dev.glissade.app.report.Figure;
import dev.glissade.app.report.LineChart;
import dev.glissade.app.terminal.Console;
import dev.glissade.app.terminal.Table;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// A kind of figure that nothing but this file knows: all that a new one needs is a class like
/// [Gains], and a line in the list of experiments.
class NewKindOfFigureTest {

  /// How much of its loss each optimizer takes away, as a figure.
  private record Gains(Design design) implements Experiment {

    @Override
    public String name() {
      return "toy";
    }

    @Override
    public String figure() {
      return "99";
    }

    @Override
    public String summary() {
      return "what is gained";
    }

    @Override
    public String time() {
      return "–";
    }

    @Override
    public List<String> problems() {
      return List.of("quadratic:dim=2");
    }

    @Override
    public TrainingRecipe training() {
      return new TrainingRecipe("quadratic:dim=2", training -> training);
    }

    @Override
    public Gains with(Design changed) {
      return new Gains(changed);
    }

    @Override
    public ExperimentReport measure(ExperimentRun run, List<OptimizerName.Learned> learned)
        throws IOException {
      ComparisonReport comparison = run.compare(learned).getFirst();
      return new Gain(
          run.origin(),
          comparison.optimizers().stream()
              .map(line -> new Bar(line.name(), line.curve().getFirst() - line.last().mean()))
              .toList());
    }

    /// What one optimizer gained.
    private record Bar(String optimizer, double gain) {}

    private record Gain(Origin origin, List<Bar> bars) implements ExperimentReport {

      @Override
      public List<String> verdict() {
        return List.of("%s optimizers gained <something>.".formatted(bars.size()));
      }

      @Override
      public Table table() {
        return new Columns<>(bars)
            .text("who", 0, Bar::optimizer)
            .number("gain", 0, bar -> Double.toString(bar.gain))
            .paper(1, bar -> OptionalDouble.of(0.5))
            .detail("in words", _ -> "a toy")
            .table(bars.getFirst()::equals);
      }

      @Override
      public List<Figure> figures() {
        Csv csv = new Csv("optimizer", "gain");
        bars.forEach(bar -> csv.row(bar.optimizer, bar.gain));
        LineChart chart = new LineChart("gains", "optimizer", "gain");
        double[] gains = bars.stream().mapToDouble(Bar::gain).toArray();
        return List.of(
            new Figure(
                "gains", csv.text(), () -> chart.add("gain", new double[] {0, 1}, gains).chart()));
      }

      @Override
      public String howMeasured() {
        return "Measured as toys are.";
      }
    }
  }

  @TempDir Path folder;

  private final StringWriter printed = new StringWriter();
  private Path out = Path.of("");

  @BeforeEach
  void run() {
    out = folder.resolve("out");
    Design design =
        new Design(List.of(new LearnedContender("quadratic", "LSTM")), List.of("sgd"), 5, 3, 2);
    Console console = Console.plain(new PrintWriter(printed), new PrintWriter(printed));
    Context context = new Context(console, Map.of("GLISSADE_CACHE", folder.toString()));
    Experiments experiments = new Experiments(List.of(new Gains(design)));
    int code =
        new CommandLine(new ExperimentRunCommand(context, experiments))
            .execute("toy", "-o", out.toString(), "--instances", "4");
    assertThat(code).as(printed.toString()).isZero();
  }

  @Test
  void isPrintedLikeTheOthers() {
    assertThat(printed.toString().lines())
        .startsWith("toy (figure 99): what is gained", "")
        .anyMatch(line -> line.matches("who +gain +paper"))
        .anyMatch(line -> line.matches("\\* pretrained:quadratic +-?[0-9.E-]+ +0\\.500"))
        .anyMatch(line -> line.matches("  sgd +-?[0-9.E-]+ +0\\.500"))
        .contains("2 optimizers gained <something>.")
        .last()
        .asString()
        .isEqualTo(
            "Wrote %s, gains.png, gains.svg, gains.csv, experiment.json"
                .formatted(out.resolve("report.html")));
  }

  @Test
  void leavesTheFilesOfAnyResult() throws IOException {
    JsonNode json = new ObjectMapper().readTree(out.resolve("experiment.json").toFile());
    assertThat(json.propertyStream().map(Map.Entry::getKey))
        .containsExactly("origin", "bars", "page");
    assertThat(json.at("/origin/command").textValue())
        .startsWith("./glissade experiment run toy --instances 4 --tuning-instances 2 --seed 1");
    double gain = json.at("/bars/1/gain").doubleValue();
    assertThat(gain).isPositive();
    assertThat(Files.readAllLines(out.resolve("gains.csv")))
        .hasSize(3)
        .startsWith("optimizer,gain")
        .endsWith("sgd," + gain);
    assertThat(ImageIO.read(out.resolve("gains.png").toFile()).getWidth()).isEqualTo(960);
    assertThat(Files.readString(out.resolve("gains.svg"))).contains("<svg");
  }

  @Test
  void hasAPageLikeTheOthers() throws IOException {
    assertThat(Files.readString(out.resolve("report.html")))
        .contains("<h1>toy (figure 99): what is gained</h1>")
        .contains("<p class=\"verdict\">2 optimizers gained &lt;something&gt;.</p>")
        .contains("<th scope=\"col\">gain</th><th scope=\"col\" class=\"aside\">paper</th></tr>")
        .contains("<details><summary>in words</summary>", "<td class=\"text\">a toy</td>")
        .containsPattern("<tr class=\"best\"><td>pretrained:quadratic</td><td>")
        .contains("<td class=\"aside\">0.500</td></tr>", "src=\"data:image/svg+xml;base64,")
        .containsPattern("Measured as toys are\\. Made by Glissade ")
        .containsPattern("<code id=\"command\">\\./glissade experiment run toy")
        .doesNotContain("{{");
  }
}
