package dev.glissade.app.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glissade.app.experiment.Design.LearnedContender;
import dev.glissade.app.experiment.SweepExperiment.Point;
import dev.glissade.app.report.PaperCurve;
import dev.glissade.app.report.PaperScale;
import dev.glissade.evaluation.Goal;
import dev.glissade.learned.Pretrained;
import dev.glissade.optimizer.Baseline;
import dev.glissade.optimizer.Baselines;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExperimentsTest {

  static List<Experiment> all() {
    return Experiments.standard().all();
  }

  /// Those of the paper's figures.
  static List<CurveExperiment> curves() {
    return Experiments.ofThePaper().all().stream()
        .filter(CurveExperiment.class::isInstance)
        .map(CurveExperiment.class::cast)
        .toList();
  }

  private static CurveExperiment curves(String name) {
    return curves().stream().filter(e -> e.name().equals(name)).findFirst().orElseThrow();
  }

  private static SweepExperiment architectures() {
    return (SweepExperiment) Experiments.ofThePaper().find("fig6-architectures");
  }

  @Test
  void namesAreUnique() {
    assertThat(all()).extracting(Experiment::name).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("all")
  void baselinesAreKnown(Experiment experiment) {
    assertThat(experiment.design().baselines()).isNotEmpty().doesNotHaveDuplicates();
    experiment.design().baselines().forEach(Baselines::find);
  }

  @ParameterizedTest
  @MethodSource("curves")
  void curvesHaveAllBaselinesAndEveryPaperCurveACounterpart(CurveExperiment experiment) {
    Design design = experiment.design();
    assertThat(design.baselines())
        .containsExactlyElementsOf(Baselines.standard().stream().map(Baseline::name).toList())
        .contains("lbfgs", "adam+cosine");
    assertThat(experiment.paper()).extracting(PaperCurve::optimizer).doesNotHaveDuplicates();
    for (PaperCurve paper : experiment.paper()) {
      boolean learned =
          design.learned().stream().anyMatch(l -> l.paper().equals(paper.optimizer()));
      assertThat(learned || design.baselines().contains(paper.optimizer()))
          .as(paper.optimizer())
          .isTrue();
      assertThat(paper.losses().keySet())
          .allMatch(step -> step == 0 || experiment.marks().contains(step));
    }
  }

  /// As the figures have them.
  @ParameterizedTest
  @CsvSource({
    "fig4-quadratic, pretrained:quadratic-uniform, 1, 0.973",
    "fig4-quadratic, pretrained:quadratic-uniform, 100, 0.0386",
    "fig4-quadratic, nesterov, 100, 0.0806",
    "fig4-mnist, pretrained:mnist, 10, 0.746",
    "fig4-mnist, pretrained:mnist-robust, 100, 0.245",
    "fig4-mnist, nesterov, 100, 0.323",
    "fig4-mnist, rmsprop, 100, 0.347",
    "fig4-mnist, adam, 100, 0.369",
    "fig4-mnist, sgd, 100, 0.450",
    "fig4-mnist-200, pretrained:mnist, 200, 0.215",
    "fig4-mnist-200, nesterov, 200, 0.252",
    "fig5-units, pretrained:mnist, 100, 0.192",
    "fig5-layers, sgd, 100, 1.78",
    "fig5-relu, pretrained:mnist, 100, 2.58",
    "fig5-relu, nesterov, 100, 0.350",
    "fig7-cifar10, pretrained:cifar-lstm, 100, 1.435",
    "fig7-cifar10, pretrained:cifar, 100, 1.435",
    "fig7-cifar10, nesterov, 500, 1.073",
    "fig7-cifar10, nesterov, 1000, 0.801",
    "fig7-cifar5, pretrained:cifar, 1000, 0.358",
    "fig7-cifar5, pretrained:cifar-lstm-sub, 1000, 0.385",
    "fig7-cifar5, pretrained:cifar-sub, 1000, 0.385",
    "fig7-cifar2, pretrained:cifar-sub, 1000, 0.039",
    "fig7-cifar2, rmsprop, 1000, 0.088",
    "fig8-art, pretrained:art, 128, 2.81",
    "fig8-art, pretrained:art-lstm, 128, 2.81",
    "fig8-art, rmsprop, 128, 2.92",
    "fig8-art, adam, 128, 2.96",
    "fig8-art, sgd, 128, 4.16",
    "fig8-art-transfer, mine, 128, 0.494",
    "fig8-art-transfer, rmsprop, 128, 0.543",
    "fig8-art-transfer, nesterov, 128, 0.599"
  })
  void lossesAreThePapers(String name, String optimizer, int step, double loss) {
    assertThat(curves(name).counterpart(optimizer).loss(step)).hasValue(loss);
  }

  @Test
  void sumsAndLastTensAreThePapers() {
    assertThat(curves("fig4-quadratic").counterpart("pretrained:quadratic-uniform").sum())
        .hasValue(12.35);
    assertThat(curves("fig4-mnist").counterpart("pretrained:mnist").sum()).hasValue(43.7);
    assertThat(curves("fig4-mnist").counterpart("sgd").sum()).hasValue(112.4);
    assertThat(curves("fig4-mnist").counterpart("rmsprop").lastTen()).hasValue(.358);
    assertThat(curves("fig7-cifar10").counterpart("nesterov").lastTen()).hasValue(.793);
  }

  static List<CurveExperiment> curvesOfThePaper() {
    return curves().stream().filter(e -> !e.figure().equals(Experiment.NO_FIGURE)).toList();
  }

  /// Their ratios are all that is said about them.
  @ParameterizedTest
  @MethodSource("curvesOfThePaper")
  void lossesOfAnotherScaleAreKnownForTheLearnedAndABaseline(CurveExperiment experiment) {
    boolean art = experiment.name().startsWith("fig8-art");
    assertThat(experiment.scale()).isEqualTo(art ? PaperScale.OTHER : PaperScale.SAME);
    int last = experiment.design().steps();
    assertThat(experiment.counterpart("pretrained:mine").loss(last)).isPresent();
    assertThat(experiment.counterpart("adam").loss(last)).isPresent();
  }

  @Test
  void whatThePaperDoesNotHaveIsUnknown() {
    CurveExperiment mnist = curves("fig4-mnist");
    assertThat(mnist.counterpart("momentum").losses()).isEmpty();
    assertThat(mnist.counterpart("adam").loss(10)).isEmpty();
  }

  @Test
  void anOptimizerOfOnesOwnStandsBesideThePapersLstm() {
    assertThat(curves("fig7-cifar5").counterpart("mine").loss(1000)).hasValue(.358);
  }

  @Test
  void architecturesAreFiveToFiftyUnitsInOneAndTwoLayers() {
    List<Point> points = architectures().points();
    assertThat(points)
        .extracting(Point::problem)
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, 2)
                .boxed()
                .flatMap(layers ->
                    IntStream.rangeClosed(1, 10)
                        .mapToObj(i -> "mnist:units=%s,layers=%s".formatted(5 * i, layers)))
                .toList());
    assertThat(points.get(3).paper()).containsEntry("LSTM", .245).containsEntry("nesterov", .252);
    assertThat(points.get(3).paper()).doesNotContainKey("adam");
    assertThat(points.get(9).paper()).containsEntry("adam", .294);
    assertThat(points.get(10).paper()).containsEntry("LSTM", 1.022).containsEntry("nesterov", .933);
    assertThat(points.get(19).paper()).containsEntry("LSTM", .203).containsEntry("adam", .554);
    assertThat(points).allMatch(point -> point.paper().containsKey("LSTM"));
  }

  /// It shows whatever ships, on what that was trained for.
  @Test
  void updatesAreThoseOfEveryPretrainedOptimizer() {
    UpdatesExperiment updates = (UpdatesExperiment) Experiments.ofThePaper().find("figB-updates");
    assertThat(updates.design().learned())
        .extracting(LearnedContender::pretrained)
        .containsExactlyElementsOf(Stream.of(Pretrained.values()).map(Pretrained::label).toList());
    assertThat(updates.problems()).contains("quadratic", "quadratic-uniform", "mnist");
    assertThat(updates.problems()).doesNotContain("").doesNotHaveDuplicates();
    assertThat(updates.answered()).isEqualTo(32);
  }

  @ParameterizedTest
  @CsvSource({
    "fig5, 'fig5-units,fig5-layers,fig5-layers-steeper,fig5-relu'",
    "fig4-mnist, fig4-mnist",
    "fixed-point, fixed-point",
    "openl2o-lasso, 'openl2o-lasso-5x10,openl2o-lasso-25x50'",
    "openl2o-rastrigin, 'openl2o-rastrigin-2,openl2o-rastrigin-10'"
  })
  void theBeginningOfNamesStandsForAllThatGoOnFromIt(String name, String selected) {
    assertThat(Experiments.standard().select(name))
        .extracting(Experiment::name)
        .containsExactly(selected.split(","));
  }

  @Test
  void openL2oIsRunInItsSizesWithGuardsAndWithoutNumbersThatNobodyGave() {
    List<CurveExperiment> openL2o =
        Experiments.standard().select("openl2o").stream().map(CurveExperiment.class::cast).toList();
    assertThat(openL2o)
        .extracting(CurveExperiment::problem)
        .containsExactly(
            "lasso:dim=10,rows=5,variant=openl2o",
            "lasso:dim=50,rows=25,variant=openl2o",
            "rastrigin:dim=2,variant=openl2o",
            "rastrigin:dim=10,variant=openl2o");
    assertThat(openL2o).allMatch(e -> e.paper().isEmpty());
    assertThat(openL2o).allMatch(e -> e.design().withInstances(3, 4).guarded());
  }

  /// One minibatch must not decide a rate for 10,000 steps, nor lose that with the number of
  /// instances.
  @ParameterizedTest
  @ValueSource(strings = {"steps-10000", "steps-10000-relu", "steps-10000-tanh"})
  void longRunsAreTunedForTheirLastTenthAndHaveThreeBaselines(String name) {
    Design design = Experiments.standard().find(name).design();
    assertThat(design.withInstances(3, 4).withGuards().goal()).isEqualTo(Goal.LAST_TENTH);
    assertThat(design.instances()).isEqualTo(8);
    assertThat(design.baselines()).contains("adam", "adam+cosine", "nesterov");
    assertThat(design.learned()).extracting(LearnedContender::pretrained).contains("rnnprop");
    assertThat(curves("fig4-mnist").design().goal()).isEqualTo(Goal.LAST_STEP);
  }

  @Test
  void anUnknownNameIsAnsweredWithWhatThereIs() {
    assertThatThrownBy(() -> Experiments.ofThePaper().find("fig4-mnits"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("did you mean 'fig4-mnist'?")
        .hasMessageContaining("fig6-architectures");
  }

  @Test
  void theLastMarkIsTheLastStep() {
    CurveExperiment mnist = curves("fig4-mnist");
    Design longer = new Design(mnist.design().learned(), List.of("sgd"), 200, 1, 1);
    assertThatThrownBy(() -> mnist.with(longer)).hasMessageContaining("last mark must be step 200");
  }
}
