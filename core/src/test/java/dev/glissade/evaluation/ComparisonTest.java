package dev.glissade.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.glissade.Problem;
import dev.glissade.Problem.Split;
import dev.glissade.TestProblems;
import dev.glissade.optimizer.Baselines;
import dev.glissade.optimizer.Sgd;
import dev.glissade.problem.ProblemCatalog;
import dev.glissade.problem.Problems;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Comparisons say what happened, and are honest about divergence.
class ComparisonTest {

  /// x² from x₀ = 1: after one step of gradient descent at rate 1/2 the loss is 0.
  private static final Problem SQUARE = TestProblems.always("square", TestProblems.parabola(2, 1));

  private static final Problem QUADRATIC = new ProblemCatalog(Problems.core()).parse("quadratic");

  private static Contender learned(String name, double rate) {
    return new Contender.Learned(name, "", new Sgd(rate));
  }

  private static Contender sgd(String name, double rate) {
    return new Contender.Designed(name, Baselines.find("sgd").rule(rate), RateSource.GIVEN);
  }

  private static Comparison run(Evaluation evaluation, Contender... contenders) {
    return Comparison.run(evaluation, List.of(contenders), () -> {});
  }

  private static Evaluation onSquares(int steps) {
    return new Evaluation(SQUARE, Split.TEST, 3, steps, 1);
  }

  @Test
  void summarisesWhatHappened() {
    // the loss after t steps is (1 − 2·rate)^(2t)
    var comparison = run(onSquares(3), sgd("slow", 0.1), sgd("slower", 0.01), learned("fast", 0.4));
    var ranking = comparison.ranking();
    assertThat(ranking.entries())
        .extracting(Comparison.Entry::name)
        .containsExactly("fast", "slow", "slower");
    assertThat(ranking.best().name()).isEqualTo("fast");
    assertThat(ranking.bestLearned().orElseThrow().name()).isEqualTo("fast");
    assertThat(ranking.bestBaseline().orElseThrow().name()).isEqualTo("slow");
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
    var comparison = run(new Evaluation(QUADRATIC, Split.TEST, 333, 10, 7), sgd("sgd", 0.01));
    assertThat(comparison.stepsToBestBaseline(comparison.entries().getFirst())).hasValue(10);
  }

  @Test
  void differencesToTheBestBaselineArePaired() {
    var comparison =
        run(
            new Evaluation(QUADRATIC, Split.TEST, 20, 10, 7),
            sgd("better", 0.01),
            sgd("worse", 0.001),
            learned("mine", 0.003));
    var entries = comparison.entries();
    assertThat(comparison.differenceToBestBaseline(entries.get(0))).isEmpty();
    assertThat(comparison.differenceToBestBaseline(entries.get(2)))
        .contains(
            Statistics.pairedDifference95(
                entries.get(2).finalLosses(), entries.get(0).finalLosses()));
  }

  @Test
  void divergenceShowsAndPoisonsNobodyElse() {
    var comparison = run(onSquares(10), sgd("bad", 1e30), sgd("good", 0.1));
    assertThat(comparison.entries().get(0).diverged()).isEqualTo(3);
    assertThat(comparison.entries().get(0).stuck()).isEqualTo(3);
    assertThat(comparison.entries().get(0).mean()).isNotFinite();
    assertThat(comparison.entries().get(1).diverged()).isZero();
    assertThat(comparison.ranking().best().name()).isEqualTo("good");
    assertThat(comparison.ranking().bestBaseline().orElseThrow().name()).isEqualTo("good");
  }

  /// ½·10³⁰·x² + … : the gradient of the fast one overflows, its loss of 5·10⁹⁹ does not.
  @Test
  void aBaselineThatGotStuckAtAFiniteLossIsNotTheBestOne() {
    Problem steep = TestProblems.always("steep", TestProblems.parabola(1e30, 1));
    Evaluation evaluation = new Evaluation(steep, Split.TEST, 3, 10, 1);
    var comparison = run(evaluation, sgd("fast", 1e5), learned("mine", 1e-30));
    Comparison.Entry fast = comparison.entries().getFirst();
    assertThat(fast.mean()).isFinite();
    assertThat(fast.stuck()).isEqualTo(3);
    assertThat(fast.nonFiniteCount()).isEqualTo(30);
    assertThat(comparison.ranking().bestBaseline()).isEmpty();
    assertThat(comparison.stepsToBestBaseline(comparison.entries().get(1))).isEmpty();
    assertThat(comparison.differenceToBestBaseline(comparison.entries().get(1))).isEmpty();
  }

  @Test
  void whatAnEntryGivesAwayIsACopy() {
    Comparison.Entry entry = run(onSquares(3), sgd("sgd", 0.1)).entries().getFirst();
    entry.curve()[3] = -1;
    entry.finalLosses()[0] = -1;
    assertThat(entry.curve()[3]).isPositive();
    assertThat(entry.finalLosses()[0]).isPositive();
    assertThat(entry.mean()).isPositive();
  }
}
