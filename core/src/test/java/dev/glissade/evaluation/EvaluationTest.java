package dev.glissade.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.glissade.LearningCurve;
import dev.glissade.Objective;
import dev.glissade.ParameterLayout;
import dev.glissade.Problem;
import dev.glissade.Problem.Split;
import dev.glissade.TestProblems;
import dev.glissade.Workers;
import dev.glissade.optimizer.Sgd;
import dev.glissade.problem.ProblemCatalog;
import dev.glissade.problem.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// Evaluations are paired, repeatable, and say how far they are.
class EvaluationTest {

  private static final Problem QUADRATIC = new ProblemCatalog(Problems.core()).parse("quadratic");

  private static Evaluation of(int instances, int steps) {
    return new Evaluation(QUADRATIC, Split.TEST, instances, steps, 7);
  }

  @Test
  void everyOptimizerStartsFromTheSamePoints() {
    Runs a = of(20, 1).run(new Sgd(1e-3));
    Runs b = of(20, 1).run(new Sgd(1e-2));
    for (int i = 0; i < 20; i++) {
      assertThat(a.curves().get(i).loss(0)).isEqualTo(b.curves().get(i).loss(0));
    }
  }

  @Test
  void instancesDiffer() {
    assertThat(of(20, 1).run(new Sgd(1e-3)).curves())
        .extracting(curve -> curve.loss(0))
        .doesNotHaveDuplicates();
  }

  @Test
  void resultsDoNotDependOnTheNumberOfThreads() {
    Runs one = Workers.with(1, () -> of(20, 30).run(new Sgd(0.01)));
    Runs four = Workers.with(4, () -> of(20, 30).run(new Sgd(0.01)));
    assertThat(four.finalLosses()).containsExactly(one.finalLosses());
    assertThat(four.meanCurve()).containsExactly(one.meanCurve());
  }

  /// The losses of all runs are kept until the last is done, with the two objects of each curve.
  @Test
  void memoryGrowsWithInstancesAndSteps() {
    assertThat(of(1, 99).leastBytes()).isEqualTo(64 + 800);
    assertThat(of(1000, 99).leastBytes()).isEqualTo(1000 * (64 + 800.0));
    assertThat(of(2_000_000_000, 2_000_000_000).leastBytes()).isCloseTo(3.2e19, within(1e12));
  }

  @Test
  void progressIsToldOnceOfEachRun() {
    for (int threads : new int[] {1, 3}) {
      AtomicInteger runs = new AtomicInteger();
      Workers.with(threads, () -> of(17, 3).run(new Sgd(0.01), runs::incrementAndGet));
      assertThat(runs).hasValue(17);
    }
  }

  @Test
  void progressIsToldWhenARunIsDoneAndNotBefore() {
    AtomicInteger done = new AtomicInteger();
    Problem counting =
        new Problem() {
          @Override
          public String name() {
            return "counting";
          }

          @Override
          public ParameterLayout layout() {
            return TestProblems.parabola(1, 1).layout();
          }

          @Override
          public Objective sample(Split split, long seed) {
            return TestProblems.parabola(1 + done.get(), 1);
          }
        };
    Evaluation evaluation = new Evaluation(counting, Split.TEST, 3, 1, 1);
    Runs runs = Workers.with(1, () -> evaluation.run(new Sgd(0.01), done::incrementAndGet));
    assertThat(runs.curves()).extracting(curve -> curve.loss(0)).containsExactly(0.5, 1.0, 1.5);
  }

  @Test
  void whatCannotBeRunIsRefused() {
    assertThatThrownBy(() -> of(0, 1)).hasMessage("instances must be >= 1, got 0");
    assertThatThrownBy(() -> of(1, 0)).hasMessage("steps must be >= 1, got 0");
  }

  @Test
  void tooFewRunsGiveNoTimes() {
    assertThat(of(4, 100).run(new Sgd(0.01)).microsPerStep()).isEmpty();
    assertThat(of(150, 100).run(new Sgd(0.01)).microsPerStep()).isNotEmpty();
  }

  /// A clock that is turned by hand.
  @Test
  void runsThatBeganWhileTheMachineWasColdAreNotTimed() {
    AtomicLong now = new AtomicLong();
    StepTimes times = new StepTimes(5_000, now::get);
    List<Double> micros = new ArrayList<>();
    for (int run = 0; run < 4; run++) {
      StepTimes.Begin begin = times.begin();
      now.addAndGet(run < 2 ? 900_000_000L : (run - 1) * 5_000_000L); // 180 µs a step, then 1 and 2
      micros.add(times.end(begin));
    }
    assertThat(StepTimes.median(micros.stream().mapToDouble(it -> it)).orElseThrow())
        .isCloseTo(1.5, within(1e-12));
  }

  @Test
  void aSlowMachineIsWarmAfterSomeSeconds() {
    AtomicLong now = new AtomicLong();
    StepTimes times = new StepTimes(10, now::get);
    List<Double> micros = new ArrayList<>();
    for (int run = 0; run < 3; run++) {
      StepTimes.Begin begin = times.begin();
      now.addAndGet(run == 2 ? 1_000_000L : 2_500_000_000L);
      micros.add(times.end(begin));
    }
    assertThat(StepTimes.median(micros.stream().mapToDouble(it -> it)).orElseThrow())
        .isCloseTo(100, within(1e-9));
  }

  @Test
  void curvesAreAsLongAsAskedFor() {
    assertThat(of(3, 5).withSteps(9).run(new Sgd(0.01)).curves())
        .extracting(LearningCurve::steps)
        .containsOnly(9);
  }
}
