package dev.glissade.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.glissade.Objective;
import dev.glissade.ParameterLayout;
import dev.glissade.Problem;
import dev.glissade.Problem.Split;
import dev.glissade.Seeds;
import dev.glissade.TestProblems;
import dev.glissade.evaluation.LearningRateSearch.AllDiverged;
import dev.glissade.evaluation.LearningRateSearch.Family;
import dev.glissade.evaluation.LearningRateSearch.Found;
import dev.glissade.evaluation.LearningRateSearch.Trial;
import dev.glissade.optimizer.Baseline;
import dev.glissade.optimizer.Baselines;
import dev.glissade.optimizer.Sgd;
import dev.glissade.problem.Objectives;
import dev.glissade.problem.ProblemCatalog;
import dev.glissade.problem.Problems;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The search finds the best rate wherever it lies, stays within its bounds, and says when it has
/// found none.
class LearningRateSearchTest {

  /// All rates that were asked for, one for each trial.
  private final List<Double> asked = new ArrayList<>();

  private final AtomicInteger runs = new AtomicInteger();

  private LearningRateSearch.Result search(Evaluation evaluation) {
    return new LearningRateSearch(evaluation)
        .search(
            (rate, _) -> {
              asked.add(rate);
              return new Sgd(rate);
            },
            runs::incrementAndGet);
  }

  private Found found(Objective objective, int instances, int steps) {
    return (Found)
        search(
            new Evaluation(
                TestProblems.always("it", objective), Split.VALIDATION, instances, steps, 1));
  }

  /// ½·c·x²: one step at the rate 1/c leads to 0.
  @Test
  void findsTheBestRateAndTriesNoneTwice() {
    Found found = found(TestProblems.parabola(2, 1), 3, 1);
    assertThat(found.best().learningRate()).isCloseTo(0.5, within(0.04));
    assertThat(asked).doesNotHaveDuplicates().hasSameSizeAs(found.trials());
    assertThat(runs).hasValue(3 * asked.size());
  }

  @Test
  void leavesItsGridUpwards() {
    assertThat(found(TestProblems.parabola(2e-4, 1), 1, 1).best().learningRate())
        .isCloseTo(5000, within(400.0));
  }

  @Test
  void leavesItsGridDownwards() {
    assertThat(found(TestProblems.parabola(1e8, 1), 1, 1).best().learningRate())
        .isCloseTo(1e-8, within(8e-10));
  }

  /// f = 5·10⁷·x² in float: at every rate of the grid it ends at infinity.
  @Test
  void goesDownWhereEveryRateOfTheGridDiverges() {
    Objective steep =
        Objectives.of(
            ParameterLayout.of("x", 1),
            new float[] {1},
            (x, _, gradient) -> {
              gradient[0] = 1e8f * x[0];
              return 5e7f * x[0] * x[0];
            });
    Found found = found(steep, 1, 100);
    assertThat(found.best().learningRate()).isCloseTo(1e-8, within(8e-10));
    assertThat(found.best().loss()).isLessThan(1e-30);
  }

  /// The same in double, where the gradient overflows and the loss does not.
  @Test
  void aRunThatGotStuckAtAFiniteLossIsNoResult() {
    Found found = found(TestProblems.parabola(1e8, 1), 1, 100);
    assertThat(found.best().learningRate()).isCloseTo(1e-8, within(8e-10));
    assertThat(found.trials().getLast().loss()).isInfinite();
  }

  /// f = −10⁻¹²·x: nothing is ever too fast.
  @Test
  void stopsAtTheHighestRate() {
    Objective slope =
        Objectives.of(
            ParameterLayout.of("x", 1),
            new float[1],
            (x, _, gradient) -> {
              gradient[0] = -1e-12f;
              return -1e-12 * x[0];
            });
    assertThat(found(slope, 1, 10).best().learningRate()).isEqualTo(1e6);
    assertThat(asked).allMatch(rate -> rate <= 1e6);
  }

  /// Any step from the optimum does harm: the shorter the better.
  @Test
  void stopsAtTheLowestRate() {
    Objective noise =
        Objectives.of(
            ParameterLayout.of("x", 1),
            new float[1],
            (x, draw, gradient) -> {
              gradient[0] = 2 * x[0] + (draw % 2 == 0 ? 10 : 11);
              return (double) x[0] * x[0];
            });
    assertThat(found(noise, 1, 10).best().learningRate()).isEqualTo(1e-12);
    assertThat(asked).allMatch(rate -> rate >= 1e-12);
  }

  @Test
  void saysThatEveryRateDiverged() {
    Objective hopeless =
        Objectives.of(
            ParameterLayout.of("x", 1),
            new float[1],
            (x, _, gradient) -> {
              gradient[0] = 1;
              return x[0] == 0 ? 0 : Double.NaN;
            });
    Evaluation evaluation =
        new Evaluation(TestProblems.always("it", hopeless), Split.VALIDATION, 1, 400, 1);
    var result = search(evaluation);
    assertThat(result).isInstanceOf(AllDiverged.class);
    assertThat(result.trials()).extracting(Trial::loss).containsOnly(Double.POSITIVE_INFINITY);
    assertThat(result.trials().getFirst().learningRate()).isEqualTo(1e-12);
  }

  /// x grows by the rate with each step, and beyond 100 nothing is defined: what is best for 100
  /// steps gets stuck in 400.
  @Test
  void findsTheHighestRateAtWhichNothingGetsStuck() {
    Objective cliff =
        Objectives.of(
            ParameterLayout.of("x", 1),
            new float[1],
            (x, _, gradient) -> {
              gradient[0] = -1;
              return x[0] > 100 ? Double.NaN : -x[0];
            });
    assertThat(found(cliff, 1, 400).best().learningRate()).isBetween(0.2, 0.25);
  }

  /// Adam at a rate of 180 is far below all others after a quarter of these steps, on the first
  /// instances: after all of them, half of its runs are above where they began.
  @Test
  void whatIsBestForAShortRunDoesNotWinALongOne() {
    Evaluation evaluation = evaluation("quadratic:dim=20", 32, 1000);
    Found found =
        (Found) new LearningRateSearch(evaluation).search(family(Baselines.find("adam")), () -> {});
    assertThat(found.best().learningRate()).isBetween(0.05, 0.5);
  }

  /// Means over few instances say nothing about means over many: each trial has the loss of the
  /// found rate on its own.
  @Test
  void trialsAreComparedWithTheFoundRateOnTheSameRuns() {
    Evaluation evaluation = evaluation("quadratic", 16, 80);
    Found found = (Found) search(evaluation);
    assertThat(found.trials()).extracting(Trial::instances).contains(4, 8, 16);
    Sgd sgd = new Sgd(found.best().learningRate());
    for (Trial trial : found.trials()) {
      Evaluation same =
          new Evaluation(
              evaluation.problem(),
              evaluation.split(),
              trial.instances(),
              evaluation.steps(),
              evaluation.seed());
      assertThat(trial.foundLoss()).isEqualTo(same.run(sgd).score());
    }
  }

  private static Evaluation evaluation(String problem, int instances, int steps) {
    return new Evaluation(
        new ProblemCatalog(Problems.core()).parse(problem), Split.VALIDATION, instances, steps, 1);
  }

  private static Family family(Baseline baseline) {
    return (rate, steps) -> baseline.rule(rate, steps).optimizer();
  }

  /// With four instances one that is hard decides what the mean is: there RMSprop is best at a rate
  /// at which it ends five times higher on all of them.
  @Test
  void whatOneOfFewInstancesLikesDoesNotWin() {
    LearningRateSearch search = new LearningRateSearch(evaluation("quadratic", 32, 100));
    Family rmsProp = family(Baselines.find("rmsprop"));
    Found found = (Found) search.search(rmsProp, () -> {});
    Found thorough = (Found) search.thoroughSearch(rmsProp, () -> {});
    assertThat(found.best().loss()).isLessThan(1.02 * thorough.best().loss());
  }

  /// On 16 instances L-BFGS does as well at a tenth of the right rate, from where no row leads
  /// back; on some of those to come it leaps.
  @Test
  void theBestTwoDecadesAreLookedAtTwice() {
    LearningRateSearch search = new LearningRateSearch(evaluation("rosenbrock", 128, 200));
    Found found = (Found) search.search(family(Baselines.find("lbfgs")), () -> {});
    assertThat(found.best().loss()).isLessThan(1);
  }

  /// Of 16 noisy runs those at half a decade below the right rate end lower by chance, by less than
  /// a standard error: from there no row leads back.
  @Test
  void aLowerRateDoesNotWinByChance() {
    Problem quadratic = new ProblemCatalog(Problems.core()).parse("quadratic");
    Evaluation evaluation = new Evaluation(quadratic, Split.VALIDATION, 128, 40, 18);
    LearningRateSearch search = new LearningRateSearch(evaluation);
    Family rprop = family(Baselines.find("rprop"));
    Found found = (Found) search.search(rprop, () -> {});
    Found thorough = (Found) search.thoroughSearch(rprop, () -> {});
    assertThat(found.best().loss()).isLessThan(1.02 * thorough.best().loss());
  }

  private static Stream<Baseline> baselines() {
    return Baselines.standard().stream();
  }

  /// The promise: a quarter of the runs, and a loss that is no more than 2 % higher.
  @ParameterizedTest
  @MethodSource("baselines")
  void aFourthOfTheRunsFindsWhatAThoroughSearchFinds(Baseline baseline) {
    LearningRateSearch search = new LearningRateSearch(evaluation("quadratic", 128, 40));
    AtomicInteger thoroughRuns = new AtomicInteger();
    Found found = (Found) search.search(family(baseline), runs::incrementAndGet);
    Found best = (Found) search.thoroughSearch(family(baseline), thoroughRuns::incrementAndGet);
    assertThat(found.best().instances()).isEqualTo(128);
    assertThat(found.best().loss()).isLessThan(1.02 * best.best().loss());
    assertThat(runs.get()).isLessThan(thoroughRuns.get() / 4);
  }

  /// Instance 40 of 64 is so steep that what is best on the others gets stuck on it.
  @Test
  void oneInstanceThatOnlyTheLastRunsMeetDecides() {
    Evaluation evaluation = new Evaluation(new Steep(40, 1e8), Split.VALIDATION, 64, 100, 1);
    Found found = (Found) search(evaluation);
    assertThat(evaluation.run(new Sgd(found.best().learningRate())).stuck()).isZero();
    assertThat(found.best().instances()).isEqualTo(64);
  }

  /// Parabolas that are alike, but for one.
  private record Steep(int instance, double curvature) implements Problem {
    @Override
    public String name() {
      return "steep";
    }

    @Override
    public Objective sample(Split split, long seed) {
      boolean steep = seed == Seeds.derive(1, "instance", instance);
      return TestProblems.parabola(steep ? curvature : 2, 1);
    }
  }

  /// What is best on all instances but one takes that one from 10 to 10³⁸, which is finite: nothing
  /// gets stuck. Each is first met by another row.
  @ParameterizedTest
  @ValueSource(ints = {2, 12, 25, 40})
  void aRateThatBlowsUpOneRunDoesNotWin(int instance) {
    Evaluation evaluation = new Evaluation(new Steep(instance, 20), Split.VALIDATION, 64, 20, 1);
    LearningRateSearch search = new LearningRateSearch(evaluation);
    Found found = (Found) search.search((rate, _) -> new Sgd(rate), () -> {});
    Found thorough = (Found) search.thoroughSearch((rate, _) -> new Sgd(rate), () -> {});
    assertThat(found.best().loss()).isLessThan(1.02 * thorough.best().loss());
  }

  /// Later minibatches are harder than the first ones are on average: at the best rate, too, runs
  /// end above where they began. Going down from there would lead to the lowest rate.
  @Test
  void noiseIsNoHarm() {
    Evaluation evaluation = new Evaluation(new Noisy(), Split.VALIDATION, 16, 1, 1);
    Found found = (Found) search(evaluation);
    assertThat(found.best().learningRate()).isCloseTo(5, within(0.4));
  }

  /// 0.1·(x − 1)², and from minibatch to minibatch a number that no rate changes.
  private record Noisy() implements Problem {
    @Override
    public String name() {
      return "noisy";
    }

    @Override
    public Objective sample(Split split, long seed) {
      double first = seed == Seeds.derive(1, "instance", 0) ? 11 : 9;
      return Objectives.of(
          ParameterLayout.of("x", 1),
          new float[1],
          (x, draw, gradient) -> {
            gradient[0] = 0.2f * (x[0] - 1);
            return 0.1 * (x[0] - 1) * (x[0] - 1) + (draw == 0 ? first : 10.5);
          });
    }
  }

  @Test
  void everyOptimizerIsMadeForTheRunThatItMakes() {
    Set<Integer> lengths = new HashSet<>();
    new LearningRateSearch(evaluation("quadratic", 1, 80))
        .search(
            (rate, steps) -> {
              lengths.add(steps);
              return new Sgd(rate);
            },
            () -> {});
    assertThat(lengths).containsOnly(80);
  }

  @Test
  void coversTheRatesThatItMayFind() {
    assertThat(LearningRateSearch.covers(1e-12)).isTrue();
    assertThat(LearningRateSearch.covers(1e6)).isTrue();
    for (double rate : new double[] {0, -1, 9e-13, 1.1e6, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThat(LearningRateSearch.covers(rate)).isFalse();
    }
  }
}
