package dev.glissade.app.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glissade.Problem;
import dev.glissade.app.report.ComparisonReport.Difference;
import dev.glissade.app.report.ComparisonReport.Final;
import dev.glissade.app.report.ComparisonReport.Line;
import dev.glissade.evaluation.LearningRateSearch.Trial;
import dev.glissade.evaluation.RateSource;
import dev.glissade.evaluation.Responses;
import dev.glissade.evaluation.Responses.History;
import dev.glissade.evaluation.Statistics.Interval;
import dev.glissade.file.MalformedFileException;
import dev.glissade.optimizer.Sgd;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportTest {

  private static final Difference NO_DIFFERENCE =
      new Difference(0, new Interval(0, 0), 0, new Interval(0, 0));

  static Line line(String name, double... curve) {
    double last = curve[curve.length - 1];
    return new Line(
        name,
        !name.startsWith("lstm"),
        Optional.of(RateSource.GIVEN),
        List.of(),
        Map.of("learningRate", "0.1"),
        DoubleStream.of(curve).boxed().toList(),
        new Plot.Band(List.of(0.0, 1.0), List.of(curve[0], last), List.of(curve[0], last)),
        1,
        new Final(last, new Interval(last, last), last, List.of(last, last)),
        new Final(last, new Interval(last, last), last, List.of(last, last)),
        0,
        0,
        0,
        0,
        OptionalInt.empty(),
        Optional.of(NO_DIFFERENCE),
        OptionalDouble.empty(),
        Optional.empty());
  }

  /// A baseline whose rate of 0.1 was searched for.
  static Line tuned(String name, List<Trial> trials, double... curve) {
    Line line = line(name, curve);
    return new Line(
        name,
        true,
        Optional.of(RateSource.TUNED),
        trials,
        line.settings(),
        line.curve(),
        line.band(),
        line.sum(),
        line.last(),
        line.late(),
        0,
        0,
        0,
        0,
        line.stepsToBestBaseline(),
        line.differenceToBestBaseline(),
        line.microsPerStep(),
        line.heldOut());
  }

  /// A search that found 0.1: one rate was worse, one far worse, one got stuck.
  static final List<Trial> TRIALS =
      List.of(
          new Trial(0.01, 500, 2, 4),
          new Trial(0.05, 3, 2, 4),
          new Trial(0.1, 1, 1, 8),
          new Trial(0.2, Double.POSITIVE_INFINITY, 2, 4));

  /// A line that is at the best baseline's final loss after so many steps of so many microseconds.
  private static Line there(String name, int steps, double micros) {
    Line line = line(name, 1, 0.5, 0.1);
    return new Line(
        name,
        line.baseline(),
        line.rateSource(),
        List.of(),
        line.settings(),
        line.curve(),
        line.band(),
        line.sum(),
        line.last(),
        line.late(),
        0,
        0,
        0,
        0,
        OptionalInt.of(steps),
        line.differenceToBestBaseline(),
        OptionalDouble.of(micros),
        Optional.empty());
  }

  static ComparisonReport report(Line... lines) {
    int steps = lines[0].curve().size() - 1;
    return new ComparisonReport(
        "p",
        Problem.Split.TEST,
        steps,
        3,
        1,
        "scalar",
        List.of(lines),
        lines[0].name(),
        Optional.empty(),
        "compare <p>");
  }

  static List<ComparisonReport> awkward() {
    double infinite = Double.POSITIVE_INFINITY;
    return List.of(
        report(line("lstm", 1, 0.1, 0.01), line("a", 1, 2, 3)),
        report(line("one step", 1, 0.5)),
        report(line("flat", 1, 1, 1)),
        report(line("zero", 1, 0, 0)),
        report(line("all zero", 0, 0, 0)),
        report(line("negative", 1, -1, -2)),
        report(line("diverged", 1, Double.NaN, Double.NaN), line("b", 1, 0.5, 0.1)),
        report(line("all diverged", infinite, infinite, Double.NaN)),
        report(line("the ends of double", Double.MIN_VALUE, Double.MAX_VALUE, Double.MIN_VALUE)),
        report(line("the ends of double, signed", -Double.MAX_VALUE, Double.MAX_VALUE, 0)),
        report(line("down to the end", 1, 1e-200, Double.MIN_VALUE)),
        report(line("far", 1, 1e30, 1e38), line("b", 1, 1e-30, 1e-38)),
        report(tuned("adam", TRIALS, 1, 0.5, 0.1)),
        report(tuned("never tried", List.of(), 1, 0.5, 0.1)),
        report(line("<&>", 1, 0.5, 0.1), line("{{rows}}", 1, 0.5, 0.1)));
  }

  @ParameterizedTest
  @MethodSource("awkward")
  void everyResultCanBeDrawn(ComparisonReport report) throws IOException {
    Chart picture = CurvesChart.of(report);
    assertThat(ImageIO.read(new ByteArrayInputStream(picture.png())).getWidth()).isEqualTo(960);
    String page = Page.html(PageData.of(report));
    assertThat(page).contains("</html>").doesNotContain("<&>");
    // and from its JSON alone, to the last character
    byte[] json = Json.write(report).getBytes(StandardCharsets.UTF_8);
    assertThat(Page.html(Json.page(Path.of("x"), json))).isEqualTo(page);
  }

  /// A title must not end the script that holds the data, nor add another.
  @Test
  void nothingInTheDataIsCode() {
    String evil = "</script><script>alert(1)</script><!--";
    String page = Page.html(PageData.of(report(line(evil, 1, 0.5))));
    assertThat(page).doesNotContain("<script>alert");
  }

  @Test
  void whatIsNoResultIsNamed() {
    Path file = Path.of("x.json");
    assertThatThrownBy(() -> Json.page(file, "{\"a\":1}".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageStartingWith("x.json: holds no page");
    assertThatThrownBy(() -> Json.page(file, "{\"page\":{\"x\":[".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageStartingWith("x.json: is no result");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 49, 50, 51, 399, 400, 401, 1000, 100_001})
  void longCurvesAreThinnedFromTheFirstPointToTheLast(int size) {
    int[] indices = Plot.thinned(size, 400);
    assertThat(indices).hasSize(Math.min(size, 400)).startsWith(0).endsWith(size - 1);
    assertThat(IntStream.of(indices).distinct().toArray()).isSorted().hasSize(indices.length);
  }

  /// Multiples of the loss of the rate that was taken, on the same runs.
  @Test
  void aPageShowsHowWellABaselineIsTuned() {
    Section section = PageData.of(report(tuned("adam", TRIALS, 1, 0.1))).sections().getFirst();
    Plot plot = section.plots().getFirst();
    assertThat(plot.title()).isEqualTo("adam: next to divergence");
    assertThat(plot.series()).extracting(Plot.Series::name).containsExactly("tried", "taken");
    assertThat(plot.series())
        .extracting(Plot.Series::x)
        .containsExactly(List.of(0.05, 0.1), List.of(0.1));
    assertThat(plot.series())
        .extracting(Plot.Series::y)
        .containsExactly(List.of(1.5, 1.0), List.of(1.0));
    assertThat(section.table().orElseThrow().rows().getFirst().cells())
        .containsExactly("adam", "0.100", "1.000", "0.10 … 0.10", "next to divergence", "4");
    assertThat(PageData.of(report(line("adam=0.1", 1, 0.1))).sections()).isEmpty();
  }

  @Test
  void theVerdictCountsTimeToo() {
    assertThat(report(there("lstm", 10, 150), there("adam", 40, 25)).verdict())
        .last()
        .isEqualTo(
            "To the final loss of adam it takes lstm 1.5 ms, adam itself 1.0 ms: 0.67 times as"
                + " long.");
    assertThat(report(line("lstm", 1, 0.2), there("adam", 40, 25)).verdict()).hasSize(1);
  }

  @Test
  void csvLeavesOutWhatIsNotFinite() {
    String csv = CurvesCsv.write(report(line("a,b", 1, Double.NaN), line("c", 2, 0.5)));
    assertThat(csv).isEqualTo("step,\"a,b\",c\n0,1.0,2.0\n1,,0.5\n");
  }

  @Test
  void csvQuotesWhatWouldEndACell() {
    assertThat(new Csv("a\"b").row("c\nd").row(1).row(0.5).row("").text())
        .isEqualTo("\"a\"\"b\"\n\"c\nd\"\n1\n0.5\n\n");
  }

  @Test
  void jsonHasNullForWhatIsNotFinite() {
    @SuppressWarnings("ArrayRecordComponent")
    record Numbers(double a, Double b, double[] c, OptionalInt d, OptionalInt e) {}
    double infinite = Double.NEGATIVE_INFINITY;
    Numbers numbers =
        new Numbers(
            Double.NaN,
            infinite,
            new double[] {1, infinite},
            OptionalInt.empty(),
            OptionalInt.of(2));
    assertThat(Json.write(numbers).replaceAll("\\s", ""))
        .isEqualTo("{\"a\":null,\"b\":null,\"c\":[1.0,null],\"d\":null,\"e\":2}");
  }

  @Test
  void rankingPutsTheDivergedLast() {
    ComparisonReport report =
        report(line("x", 1, Double.NaN), line("lstm", 1, 0.2), line("y", 1, 0.1));
    assertThat(report.ranking()).extracting(Line::name).containsExactly("y", "lstm", "x");
    assertThat(report.bestBaseline().map(Line::name)).contains("y");
    assertThat(report.bestLearned().map(Line::name)).contains("lstm");
  }

  @Test
  void responsesCanBeDrawn() throws IOException {
    Responses responses = Responses.of(new Sgd(0.25));
    byte[] png = ResponseChart.of("sgd", responses, History.CONSTANT).png();
    assertThat(ImageIO.read(new ByteArrayInputStream(png)).getHeight()).isEqualTo(560);
  }
}
