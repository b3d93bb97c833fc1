package dev.glissade.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.glissade.Optimizer;
import dev.glissade.Problem;
import dev.glissade.Problem.Split;
import dev.glissade.TestProblems;
import dev.glissade.optimizer.Baselines;
import dev.glissade.optimizer.Sgd;
import dev.glissade.problem.ProblemCatalog;
import dev.glissade.problem.Problems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Comparisons are paired, repeatable, honest about divergence, and tuned rates are near the
/// optimum.
class ComparisonTest {

  /// x² from x₀ = 1: after one step of gradient descent at rate 1/2 the loss is 0.
  private static final Problem SQUARE = TestProblems.always("square", TestProblems.parabola(2, 1));

  private static final Problem QUADRATIC = new ProblemCatalog(Problems.core()).parse("quadratic");

  @TempDir private Path folder;

  private static Contender contender(String name, boolean baseline, Optimizer<?> optimizer) {
    return new Contender(name, baseline, Map.of(), optimizer);
  }

  private static Evaluation onSquares(int steps) {
    return new Evaluation(SQUARE, Split.TEST, 3, steps, 1);
  }

  @Test
  void summarisesWhatHappened() {
    // the loss after t steps is (1 − 2·rate)^(2t)
    var slow = contender("slow", true, new Sgd(0.1));
    var slower = contender("slower", true, new Sgd(0.01));
    var fast = contender("fast", false, new Sgd(0.4));
    var comparison = Comparison.run(onSquares(3), List.of(slow, slower, fast), e -> {});
    assertThat(comparison.best().name()).isEqualTo("fast");
    assertThat(comparison.bestBaseline().orElseThrow().name()).isEqualTo("slow");
    Comparison.Entry entry = comparison.entries().getFirst();
    assertThat(entry.curve()).containsExactly(new double[] {1, .64, .4096, .262144}, within(1e-6));
    assertThat(entry.mean()).isCloseTo(0.262144, within(1e-6));
    assertThat(entry.sum()).isCloseTo(.64 + .4096 + .262144, within(1e-6));
    // 0.04 after one step is below 0.262
    assertThat(comparison.stepsToBestBaseline(comparison.entries().get(2))).hasValue(1);
    assertThat(comparison.stepsToBestBaseline(comparison.entries().get(1))).isEmpty();
  }

  @Test
  void theBestBaselineReachesItsOwnFinalLoss() {
    var evaluation = new Evaluation(QUADRATIC, Split.TEST, 333, 10, 7);
    var comparison =
        Comparison.run(evaluation, List.of(contender("sgd", true, new Sgd(0.01))), e -> {});
    assertThat(comparison.stepsToBestBaseline(comparison.best())).hasValue(10);
  }

  @Test
  void divergenceShowsAndPoisonsNobodyElse() {
    var bad = contender("bad", true, new Sgd(1e30));
    var good = contender("good", true, new Sgd(0.1));
    var comparison = Comparison.run(onSquares(10), List.of(bad, good), e -> {});
    assertThat(comparison.entries().get(0).diverged()).isEqualTo(3);
    assertThat(comparison.entries().get(0).mean()).isNotFinite();
    assertThat(comparison.entries().get(1).diverged()).isZero();
    assertThat(comparison.best().name()).isEqualTo("good");
    assertThat(comparison.bestBaseline().orElseThrow().name()).isEqualTo("good");
  }

  @Test
  void everyOptimizerStartsFromTheSamePoints() {
    var evaluation = new Evaluation(QUADRATIC, Split.TEST, 20, 1, 7);
    Runs a = evaluation.run(new Sgd(1e-3));
    Runs b = evaluation.run(new Sgd(1e-2));
    for (int i = 0; i < 20; i++) {
      assertThat(a.curves()[i].loss(0)).isEqualTo(b.curves()[i].loss(0));
    }
  }

  @Test
  void oneThreadEqualsTwo() {
    var one = new Evaluation(QUADRATIC, Split.TEST, 20, 30, 7).run(new Sgd(0.01));
    var two = new Evaluation(QUADRATIC, Split.TEST, 20, 30, 7).run(new Sgd(0.01));
    assertThat(two.finalLosses()).containsExactly(one.finalLosses());
  }

  @Test
  void theSearchFindsTheBestRateAndTriesNoneTwice() {
    List<LearningRateSearch.Trial> trials = new ArrayList<>();
    var result = new LearningRateSearch(onSquares(1)).search(Sgd::new, trials::add);
    assertThat(result.best().learningRate()).isCloseTo(0.5, within(0.04));
    assertThat(trials).doesNotHaveDuplicates().hasSameSizeAs(result.trials());
  }

  @Test
  void theSearchLeavesItsGridWhenTheBestRateLiesOutside() {
    Problem flat = TestProblems.always("flat", TestProblems.parabola(2e-4, 1));
    var result =
        new LearningRateSearch(new Evaluation(flat, Split.VALIDATION, 1, 1, 1))
            .search(Sgd::new, t -> {});
    assertThat(result.best().learningRate()).isCloseTo(5000, within(400.0));
  }

  @Test
  void aLongSearchTakesShortRunsForItsGridAndAllStepsForItsResult() {
    List<LearningRateSearch.Trial> trials = new ArrayList<>();
    Evaluation evaluation = new Evaluation(QUADRATIC, Split.VALIDATION, 3, 800, 1);
    var result = new LearningRateSearch(evaluation).search(Sgd::new, trials::add);
    assertThat(trials).hasSizeGreaterThan(result.trials().size() + 12); // 13 at least in the grid
    assertThat(trials.getFirst().loss())
        .isEqualTo(evaluation.withSteps(200).run(new Sgd(1e-5)).score());
    double rate = result.best().learningRate();
    assertThat(result.best().loss()).isEqualTo(evaluation.run(new Sgd(rate)).score());
    assertThat(result.trials()).allMatch(trial -> trial.loss() >= result.best().loss());
  }

  @Test
  void theCacheGivesBackWhatFitsAndNothingElse() throws Exception {
    var cache = new TuningCache(folder);
    var adam = Baselines.find("adam");
    cache.put(adam, onSquares(5), new LearningRateSearch.Trial(0.125, 3));
    assertThat(cache.find(adam, onSquares(5))).hasValue(0.125);
    assertThat(cache.find(adam, onSquares(6))).isEmpty();
    assertThat(cache.find(Baselines.find("sgd"), onSquares(5))).isEmpty();
    try (var files = Files.list(folder)) {
      Files.writeString(files.toList().getFirst(), "{damaged");
    }
    assertThat(cache.find(adam, onSquares(5))).isEmpty();
  }
}
