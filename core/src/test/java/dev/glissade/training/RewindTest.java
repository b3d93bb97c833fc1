package dev.glissade.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A training that diverged goes back to its best weights with half the learning rate, three times
/// at most, and wherever it is cut off.
class RewindTest {

  /// A rate that throws φ out of the range of floats at the first update.
  private static final MetaTraining WILD =
      Trainings.of(Trainings.PARABOLAS).withLearningRate(3e38).withEpisodes(10);

  @TempDir private Path folder;

  /// Which times a training went back, and from where to where.
  private static final class Rewinds implements TrainingListener {
    private final List<List<Long>> all = new ArrayList<>();
    private final List<Double> rates = new ArrayList<>();

    @Override
    public void rewound(long episode, long best, int times) {
      all.add(List.of(episode, best, (long) times));
    }

    @Override
    public void episode(TrainingMetrics metrics) {
      rates.add(metrics.learningRate());
    }
  }

  @Test
  void itGoesBackThreeTimesWithHalfTheRate() {
    Rewinds rewinds = new Rewinds();
    MetaTraining steady = WILD.withOuter(steady());
    Outcome outcome = steady.run(rewinds);
    // validations are after every second episode, and the last one is the end
    assertThat(rewinds.all)
        .containsExactly(List.of(2L, 0L, 1L), List.of(4L, 0L, 2L), List.of(6L, 0L, 3L));
    assertThat(outcome.rewinds()).isEqualTo(3);
    assertThat(outcome.weights()).isEqualTo(WILD.initialWeights());
    double rate = rewinds.rates.getFirst();
    assertThat(rewinds.rates)
        .containsExactly(
            rate, rate, rate / 2, rate / 2, rate / 4, rate / 4, rate / 8, rate / 8, rate / 8,
            rate / 8);
  }

  /// A rate that does not fade, so that halves are to be seen.
  private static Outer steady() {
    Outer.HandDesigned teacher = (Outer.HandDesigned) WILD.outer().teacher();
    return WILD.outer().withTeacher(new Outer.HandDesigned(teacher.rule(), false));
  }

  @Test
  void itGoesBackWhereverItIsCutOff() throws IOException {
    Path whole = folder.resolve("whole");
    RunFolder run = RunFolder.create(whole, WILD);
    try (RunKeeper keeper = run.resume(WILD)) {
      WILD.run(keeper, TrainingListener.silent());
    }
    Checkpoint expected = run.checkpoint().orElseThrow();
    for (int cut = 1; cut <= 10; cut++) {
      RunFolder broken = RunFolder.create(folder.resolve("cut-" + cut), WILD);
      long last = cut;
      try (RunKeeper keeper = broken.resume(WILD, Duration.ZERO)) {
        Checkpoints cutOff =
            new Checkpoints() {
              @Override
              public Optional<Checkpoint> latest() throws IOException {
                return keeper.latest();
              }

              @Override
              public void record(Checkpoint checkpoint, TrainingMetrics metrics)
                  throws IOException {
                keeper.record(checkpoint, metrics);
                if (metrics.episode() == last) {
                  throw new IllegalStateException("cut off");
                }
              }
            };
        assertThatThrownBy(() -> WILD.run(cutOff, TrainingListener.silent())).hasMessage("cut off");
      }
      try (RunKeeper keeper = broken.resume(WILD)) {
        WILD.run(keeper, TrainingListener.silent());
      }
      Checkpoint ended = broken.checkpoint().orElseThrow();
      assertThat(ended.rewinds()).isEqualTo(expected.rewinds()).isEqualTo(3);
      assertThat(ended.progress().weights()).isEqualTo(expected.progress().weights());
      assertThat(ended.progress().updates()).isEqualTo(expected.progress().updates());
    }
  }

  /// Meta-gradients that are NaN more often than not, though the weights are sound.
  @Test
  void mostMetaGradientsMustBeFinite() {
    Rewinds rewinds = new Rewinds();
    Trainings.of(Trainings.steepAt(Set.of(3L))).run(rewinds);
    assertThat(rewinds.all).isEmpty(); // one unroll in two can still be learned from
    Trainings.of(Trainings.steepAt(Set.of(3L, 8L))).run(rewinds);
    assertThat(rewinds.all).containsExactly(List.of(2L, 0L, 1L), List.of(4L, 0L, 2L));
  }
}
