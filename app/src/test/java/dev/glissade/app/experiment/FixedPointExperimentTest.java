package dev.glissade.app.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.glissade.app.catalog.Catalog;
import dev.glissade.app.report.Chart;
import dev.glissade.app.report.FixedPointReport;
import dev.glissade.app.report.FixedPointReport.Line;
import dev.glissade.app.report.FixedPointReport.Ratio;
import dev.glissade.app.terminal.Console;
import dev.glissade.evaluation.Statistics.Interval;
import dev.glissade.file.JsonObject;
import dev.glissade.learned.ArchitectureNotation;
import dev.glissade.learned.Corrected;
import dev.glissade.learned.TrainedOptimizer;
import dev.glissade.meta.Episodes;
import dev.glissade.optimizer.Rule;
import dev.glissade.training.MetaTraining;
import dev.glissade.training.Outer;
import dev.glissade.training.Validation;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Generations of optimizers are trained by each other, and measured on the same trainings.
class FixedPointExperimentTest {

  /// Trainings of an eye-blink, of which even a search of a rate makes fifty or more.
  private static final FixedPointExperiment TINY =
      new FixedPointExperiment(
          "tiny",
          "demo tiny",
          "a small one",
          "–",
          new Design(List.of(), List.of("adam"), 4, 3, 4),
          new Lineage(
              "training:of=quadratic:dim=2,steps=5,batch=1",
              2,
              training ->
                  training
                      .withEpisodes(new Episodes(2, 4, 1))
                      .withEstimator(training.estimator().withUnroll(4))
                      .withValidation(new Validation(1, 2))));

  @TempDir private Path folder;

  private ExperimentRun run() {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    Laboratory laboratory =
        new Laboratory(Console.plain(nowhere, nowhere), folder.resolve("rates"));
    return new ExperimentRun(laboratory, Catalog.builtIn(), TINY, 1, "", folder.resolve("result"));
  }

  @Test
  void generationsAreTrainedOnceAndComparedWithTheirStart() throws Exception {
    FixedPointReport report = TINY.measure(run(), List.of());
    assertThat(report.lines())
        .extracting(Line::name)
        .containsExactly("start", "adam", "generation 1", "generation 2", "self");
    assertThat(report.lines())
        .extracting(Line::baseline)
        .containsExactly(true, true, false, false, false);
    for (Line line : report.lines()) {
      double product =
          IntStream.rangeClosed(1, 4)
              .mapToDouble(t -> Math.log(line.curve().get(t)))
              .average()
              .orElseThrow();
      assertThat(line.speed()).isCloseTo(Math.exp(product), within(1e-9));
      assertThat(line.heldOut()).isPositive();
      assertThat(line.toStart().mean())
          .isCloseTo(line.speed() / report.line("start").speed(), within(1e-9));
    }
    assertThat(report.line("adam").toReference().mean()).isEqualTo(1);
    assertThat(report.line("generation 1").toFirst().mean()).isEqualTo(1);

    Path second = folder.resolve("result/generation-2/best.safetensors");
    FileTime trained = Files.getLastModifiedTime(second);
    assertThat(TINY.measure(run(), List.of())).isEqualTo(report);
    assertThat(Files.getLastModifiedTime(second)).isEqualTo(trained);
  }

  /// Each by the one before it: what is written next to a run is its teacher.
  @Test
  void eachIsTrainedByTheOneBeforeIt() throws Exception {
    TINY.measure(run(), List.of());
    Path result = folder.resolve("result");
    TrainedOptimizer first = TrainedOptimizer.load(result.resolve("generation-1/best.safetensors"));
    TrainedOptimizer teacher =
        TrainedOptimizer.load(result.resolve("generation-2/teacher.safetensors"));
    assertThat(teacher.weights()).containsExactly(first.weights());
    JsonObject self = JsonObject.parse(Files.readString(result.resolve("self/run.json")));
    assertThat(self.object("outer").truth("self")).isTrue();
  }

  @Test
  void allStartAsTheRuleThatIsCorrected() {
    MetaTraining training =
        TINY.lineage().first(MetaTraining.of(Catalog.builtIn().problem("training").problem()));
    assertThat(training.outer().teacher())
        .isEqualTo(new Outer.HandDesigned(Rule.parse("adam=0.03"), false));
    assertThat(training.family())
        .isEqualTo(new Corrected(ArchitectureNotation.parse("linear"), Rule.parse("adam=0.03")));
  }

  @Test
  void aReportShowsItself() throws Exception {
    FixedPointReport report = TINY.measure(run(), List.of());
    assertThat(report.verdict()).hasSize(2);
    assertThat(report.verdict().getLast()).startsWith("generation 1 is ").contains("self is ");
    assertThat(report.origin().command()).startsWith("./glissade demo tiny --instances 3 ");
    assertThat(report.title()).isEqualTo("tiny: a small one");
    assertThat(report.figures()).hasSize(2);
    assertThat(report.figures().getFirst().csv().lines()).hasSize(6);
    if (Chart.canBeDrawn()) {
      assertThat(report.figures().getFirst().chart().get().svg()).contains("<svg");
      assertThat(report.figures().getLast().chart().get().png()).isNotEmpty();
    }
  }

  @Test
  void aRatioIsBelowOneOnlyWithItsInterval() {
    assertThat(new Ratio(0.98, new Interval(0.97, 0.99)).below()).isTrue();
    assertThat(new Ratio(0.98, new Interval(0.95, 1.01)).below()).isFalse();
  }
}
