package dev.glissade.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glissade.Objective;
import dev.glissade.ParameterLayout;
import dev.glissade.Problem;
import dev.glissade.Problem.Split;
import dev.glissade.TestProblems;
import dev.glissade.Workers;
import dev.glissade.cluster.Cluster;
import dev.glissade.cluster.Job;
import dev.glissade.optimizer.Baselines;
import dev.glissade.optimizer.Sgd;
import dev.glissade.problem.Objectives;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A comparison that was stopped goes on, and nothing is taken for a run that it is not.
class KeptRunsTest {

  private static final int STEPS = 50;

  /// What is evaluated of a run that is kept.
  private static final int PROBED = 21;

  private static final int WHOLE = STEPS + 1;

  @TempDir private Path folder;

  private final List<IOException> notKept = new ArrayList<>();
  private final AtomicInteger evaluations = new AtomicInteger();

  /// The number of evaluations after which there are no more; what a killed process is like.
  private int budget = Integer.MAX_VALUE;

  private KeptRuns kept() {
    return new KeptRuns(folder.resolve("runs"), notKept::add);
  }

  private Problem parabola(double curvature) {
    Objective objective =
        Objectives.of(
            ParameterLayout.of("x", 1),
            new float[] {1},
            (x, _, gradient) -> {
              if (evaluations.incrementAndGet() > budget) {
                throw new IllegalStateException("killed");
              }
              gradient[0] = (float) (curvature * x[0]);
              return curvature * x[0] * x[0] / 2;
            });
    return TestProblems.always("parabola", objective);
  }

  private static Contender lstm(double rate) {
    return new Contender.Learned("lstm", "", new Sgd(rate));
  }

  private static Contender sgd(double rate) {
    return new Contender.Designed("sgd", Baselines.find("sgd").rule(rate), RateSource.TUNED);
  }

  private Comparison compare(Problem problem, long seed, Contender... contenders) {
    evaluations.set(0);
    Evaluation evaluation = new Evaluation(problem, Split.TEST, 2, STEPS, seed);
    return Workers.with(1, () -> Comparison.run(evaluation, List.of(contenders), kept(), () -> {}));
  }

  private List<Path> files() throws IOException {
    try (var files = Files.list(folder.resolve("runs"))) {
      return files.toList();
    }
  }

  @Test
  void runsAreNotMadeTwice() {
    Comparison first = compare(parabola(1), 1, lstm(0.1), sgd(0.2));
    assertThat(evaluations).hasValue(4 * WHOLE);
    Comparison second = compare(parabola(1), 1, lstm(0.1), sgd(0.2));
    assertThat(evaluations).hasValue(4 * PROBED);
    for (int i = 0; i < 2; i++) {
      Comparison.Entry entry = second.entries().get(i);
      assertThat(entry.curve()).containsExactly(first.entries().get(i).curve());
      assertThat(entry.finalLosses()).containsExactly(first.entries().get(i).finalLosses());
    }
    assertThat(notKept).isEmpty();
  }

  /// The third of four runs is stopped; the first two are there when it begins again.
  @Test
  void whatWasStoppedGoesOn() {
    budget = 2 * WHOLE + 5;
    assertThatThrownBy(() -> compare(parabola(1), 1, lstm(0.1), sgd(0.2)))
        .hasMessageContaining("killed");
    budget = Integer.MAX_VALUE;
    compare(parabola(1), 1, lstm(0.1), sgd(0.2));
    assertThat(evaluations).hasValue(2 * PROBED + 2 * WHOLE);
  }

  /// 3·x² at rate 3: x grows seventeenfold in each step, until the gradient is no float any more.
  @Test
  void howARunEndedIsKept() {
    Comparison first = compare(parabola(6), 1, lstm(3));
    Comparison second = compare(parabola(6), 1, lstm(3));
    Comparison.Entry entry = second.entries().getFirst();
    assertThat(entry.stuck()).isEqualTo(2).isEqualTo(first.entries().getFirst().stuck());
    assertThat(entry.nonFiniteCount())
        .isPositive()
        .isEqualTo(first.entries().getFirst().nonFiniteCount());
    assertThat(evaluations.get()).isLessThan(2 * WHOLE);
  }

  @Test
  void nothingIsTakenForWhatItIsNot() {
    compare(parabola(1), 1, lstm(0.1), sgd(0.2));
    compare(parabola(1), 1, lstm(0.1001));
    assertThat(evaluations).as("another optimizer of that name").hasValue(2 * (PROBED + WHOLE));
    compare(parabola(1), 1, sgd(0.3));
    assertThat(evaluations).as("another rate").hasValue(2 * WHOLE);
    compare(parabola(1.1), 1, sgd(0.2));
    assertThat(evaluations).as("other data").hasValue(2 * (PROBED + WHOLE));
    compare(parabola(1), 2, sgd(0.2));
    assertThat(evaluations).as("another seed").hasValue(2 * WHOLE);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 40, -8, -1})
  void whatIsCutShortIsMadeAgain(int length) throws IOException {
    compare(parabola(1), 1, lstm(0.1));
    for (Path file : files()) {
      byte[] bytes = Files.readAllBytes(file);
      Files.write(file, Arrays.copyOf(bytes, length >= 0 ? length : bytes.length + length));
    }
    compare(parabola(1), 1, lstm(0.1));
    assertThat(evaluations).hasValue(2 * WHOLE);
  }

  @Test
  void runsAreForgottenAndOtherFilesAreNot() throws IOException {
    compare(parabola(1), 1, lstm(0.1));
    Path other = Files.createFile(folder.resolve("runs").resolve("mine.txt"));
    kept().forget();
    assertThat(files()).containsExactly(other);
    Files.delete(other);
    kept().forget();
    assertThat(folder.resolve("runs")).doesNotExist();
    kept().forget();
  }

  @Test
  void aRunThatCannotBeKeptStillCounts() throws IOException {
    Files.createFile(folder.resolve("runs"));
    Comparison comparison = compare(parabola(1), 1, lstm(0.1));
    assertThat(comparison.entries().getFirst().mean()).isLessThan(0.01);
    assertThat(notKept).hasSize(2);
  }

  /// Tasks that are done elsewhere must not look for files there.
  @Test
  void onAClusterNothingIsKept() {
    Cluster here =
        new Cluster() {
          @Override
          public <R> List<R> runAll(Job<R> job, int count, Runnable done) {
            return IntStream.range(0, count).mapToObj(job::run).toList();
          }
        };
    Cluster.with(here, () -> compare(parabola(1), 1, lstm(0.1)));
    assertThat(folder.resolve("runs")).doesNotExist();
  }
}
