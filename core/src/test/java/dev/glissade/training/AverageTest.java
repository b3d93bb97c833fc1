package dev.glissade.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.glissade.Problem;
import dev.glissade.optimizer.Rule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A training may keep the average of its last third, and says so.
class AverageTest {

  /// Nine episodes at a rate that jumps about, validated after each.
  private static MetaTraining jumpy(Kept kept) {
    MetaTraining training = Trainings.of(Trainings.PARABOLAS).withEpisodes(9);
    return training
        .withOuter(new Outer(new Outer.HandDesigned(Rule.parse("sgd=0.3"), false), 1))
        .withValidation(new Validation(1, 4).withKept(kept));
  }

  private record Saved(List<Checkpoint> all) implements Checkpoints {
    @Override
    public Optional<Checkpoint> latest() {
      return Optional.empty();
    }

    @Override
    public void record(Checkpoint checkpoint, TrainingMetrics metrics) {
      all.add(checkpoint);
    }
  }

  private static List<Checkpoint> run(MetaTraining training) throws IOException {
    Saved saved = new Saved(new ArrayList<>());
    training.run(saved, TrainingListener.silent());
    return saved.all;
  }

  @Test
  void theAverageIsThatOfTheLastThird() throws IOException {
    List<Checkpoint> checkpoints = run(jumpy(Kept.BEST_OR_AVERAGE));
    Average average = checkpoints.getLast().average();
    assertThat(average.count()).isEqualTo(3);
    for (int i = 0; i < average.weights().length; i++) {
      double sum = 0;
      for (Checkpoint checkpoint : checkpoints.subList(6, 9)) {
        sum += checkpoint.progress().weights()[i];
      }
      assertThat((double) average.weights()[i]).isCloseTo(sum / 3, within(1e-6));
    }
  }

  @Test
  void theBetterOfBothIsKeptAndNamed() throws IOException {
    Checkpoint last = run(jumpy(Kept.BEST_OR_AVERAGE)).getLast();
    Checkpoint single = run(jumpy(Kept.BEST)).getLast();
    assertThat(last.average().loss()).isFinite();
    boolean better = last.average().loss() < single.best().loss();
    assertThat(new Outcome(last, 0).averaged()).isEqualTo(better);
    assertThat(last.best().loss()).isEqualTo(Math.min(last.average().loss(), single.best().loss()));
    assertThat(last.best().weights())
        .containsExactly(better ? last.average().weights() : single.best().weights());
    assertThat(single.average().count()).isZero();
    assertThat(new Outcome(single, 0).averaged()).isFalse();
  }

  /// Killed within the last third, where the average is half made.
  @Test
  void aRunThatWasKilledEndsWithTheSameAverage(@TempDir Path folder) throws IOException {
    MetaTraining training = jumpy(Kept.BEST_OR_AVERAGE);
    Path whole = folder.resolve("whole");
    RunFolder.create(whole, training);
    RunFolders.resume(whole);
    Path killed = folder.resolve("killed");
    RunFolder.create(killed, training);
    try {
      RunFolders.resume(killed, Trainings.PARABOLAS, new Killing(8));
    } catch (IllegalStateException e) {
      assertThat(e).hasMessage("killed");
    }
    assertThat(RunFolder.open(killed).checkpoint().orElseThrow().average().count()).isEqualTo(1);
    RunFolders.resume(killed);
    assertThat(RunFolders.contents(killed).get(RunFolders.CHECKPOINT))
        .isEqualTo(RunFolders.contents(whole).get(RunFolders.CHECKPOINT));
  }

  private record Killing(long episode) implements TrainingListener {
    @Override
    public void episode(TrainingMetrics metrics) {
      if (metrics.episode() == episode) {
        throw new IllegalStateException("killed");
      }
    }
  }

  /// Another number of episodes has another last third.
  @Test
  void aRunThatIsMadeLongerBeginsAnew(@TempDir Path folder) throws IOException {
    MetaTraining training = jumpy(Kept.BEST_OR_AVERAGE);
    Problem problem = Trainings.PARABOLAS;
    RunFolder.create(folder.resolve("run"), training);
    RunFolders.resume(folder.resolve("run"));
    RunFolder longer = RunFolder.open(folder.resolve("run")).lengthen(training, 12);
    assertThat(longer.training(_ -> problem).episodes().count()).isEqualTo(12);
    RunFolders.resume(folder.resolve("run"));
    Average average = longer.checkpoint().orElseThrow().average();
    assertThat(average.of()).isEqualTo(12);
    assertThat(average.count()).isEqualTo(3); // 10, 11 and 12, of 9 to 12
  }
}
