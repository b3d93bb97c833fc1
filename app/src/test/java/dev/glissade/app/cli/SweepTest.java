package dev.glissade.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.glissade.Problem.Split;
import dev.glissade.app.FailureException;
import dev.glissade.app.catalog.Catalog;
import dev.glissade.app.catalog.OptimizerName;
import dev.glissade.app.experiment.Design;
import dev.glissade.app.experiment.Design.LearnedContender;
import dev.glissade.app.experiment.ExperimentRun;
import dev.glissade.app.experiment.SweepExperiment;
import dev.glissade.app.experiment.SweepExperiment.Point;
import dev.glissade.app.experiment.TrainingRecipe;
import dev.glissade.app.report.ReportFiles;
import dev.glissade.app.report.SweepReport;
import dev.glissade.app.terminal.Console;
import dev.glissade.app.terminal.Table;
import dev.glissade.evaluation.Evaluation;
import dev.glissade.evaluation.Statistics;
import dev.glissade.optimizer.Sgd;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A sweep, end to end, on problems that take no time.
class SweepTest {

  private static final int INSTANCES = 3;

  private static final SweepExperiment SWEEP =
      new SweepExperiment(
          "small",
          "0",
          "a sweep",
          "–",
          "dimensions",
          List.of(
              new Point("plain", 2, "quadratic:dim=2", Map.of("LSTM", .5)),
              new Point("plain", 3, "quadratic:dim=3", Map.of("LSTM", .75, "sgd", .25)),
              new Point("uniform", 2, "quadratic-uniform:dim=2", Map.of())),
          new Design(List.of(new LearnedContender("quadratic", "LSTM")), List.of("sgd"), 5, 3, 2),
          new TrainingRecipe("quadratic", training -> training));

  @TempDir Path folder;

  private SweepReport run() throws IOException, FailureException {
    List<OptimizerName.Learned> learned =
        List.of(OptimizerName.parseLearned("pretrained:quadratic"));
    return (SweepReport) experimentRun().run(learned);
  }

  private ExperimentRun experimentRun() {
    PrintWriter nowhere = new PrintWriter(new StringWriter());
    Context context =
        new Context(
            Console.plain(nowhere, nowhere),
            Map.of("GLISSADE_CACHE", folder.resolve("cache").toString()));
    return new ExperimentRun(
        context.laboratory(), Catalog.builtIn(), SWEEP, 1, "", folder.resolve("result"));
  }

  /// Those of two optimizers at three points.
  @Test
  void runsAreKeptUntilTheyAreForgotten() throws IOException, FailureException {
    SweepReport first = run();
    Path runs = folder.resolve("result").resolve("runs");
    assertThat(runs).isDirectoryContaining("glob:**.run");
    assertThat(runs.toFile().list()).hasSize(3 * 2 * INSTANCES);
    assertThat(run().points().getLast().line("sgd").last())
        .isEqualTo(first.points().getLast().line("sgd").last());
    experimentRun().forgetRuns();
    assertThat(runs).doesNotExist();
  }

  @Test
  void everyPointHasItsOwnProblemAndItsOwnTunedRates() throws IOException, FailureException {
    SweepReport report = run();
    assertThat(report.points()).extracting(SweepReport.Point::x).containsExactly(2, 3, 2);
    for (SweepReport.Point point : report.points()) {
      double rate =
          Double.parseDouble(point.line("sgd").settings().getOrDefault("learningRate", ""));
      Evaluation evaluation =
          new Evaluation(
              Catalog.builtIn().problem(point.comparison().problem()).problem(),
              Split.TEST,
              INSTANCES,
              5,
              1);
      assertThat(point.line("sgd").last().mean())
          .isEqualTo(Statistics.mean(evaluation.run(new Sgd(rate)).finalLosses()), within(1e-9));
    }
    assertThat(report.points())
        .extracting(point -> point.line("sgd").settings().get("learningRate"))
        .doesNotHaveDuplicates();
  }

  @Test
  void thePapersLossesStandBesideTheirCounterparts() throws IOException, FailureException {
    Table table = run().table();
    assertThat(table.columns())
        .extracting(Table.Column::title)
        .containsExactly("", "dimensions", "pretrained:quadratic", "paper", "sgd", "paper");
    assertThat(table.rows())
        .extracting(row -> row.cells().get(3))
        .containsExactly("0.500", "0.750", "–");
    assertThat(table.rows())
        .extracting(row -> row.cells().get(5))
        .containsExactly("–", "0.250", "–");
  }

  @Test
  void verdictCountsTheProblems() throws IOException, FailureException {
    List<String> verdict = run().verdict();
    assertThat(verdict).hasSize(1);
    assertThat(verdict.getFirst()).matches("pretrained:quadratic ends below .* on \\d of 3 .*");
  }

  @Test
  void leavesDataAPictureAndAPage() throws IOException, FailureException {
    SweepReport report = run();
    PrintWriter nowhere = new PrintWriter(new StringWriter());
    new ReportFiles(report, folder).write(Console.plain(nowhere, nowhere));
    List<String> csv = Files.readAllLines(folder.resolve("sweep.csv"));
    assertThat(csv).hasSize(1 + 3 * 2);
    assertThat(csv.get(1)).startsWith("plain,2,quadratic:dim=2,pretrained:quadratic,");
    assertThat(csv.get(1)).contains(",0.5,");
    assertThat(Files.readString(folder.resolve("sweep.svg")))
        .contains("<ellipse"); // the paper's values
    assertThat(folder.resolve("sweep.png")).isNotEmptyFile();
    assertThat(Files.readString(folder.resolve("report.html")))
        .contains("ends below the best baseline on", "dimensions");
    assertThat(folder.resolve("experiment.json")).isNotEmptyFile();
  }
}
