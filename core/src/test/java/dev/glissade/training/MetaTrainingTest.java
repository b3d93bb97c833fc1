package dev.glissade.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.glissade.Descent;
import dev.glissade.Objective;
import dev.glissade.Problem;
import dev.glissade.Seeds;
import dev.glissade.learned.Architecture;
import dev.glissade.learned.LstmConfiguration;
import dev.glissade.learned.LstmOptimizer;
import dev.glissade.learned.Preprocessing;
import dev.glissade.meta.Curriculum;
import dev.glissade.meta.Episode;
import dev.glissade.meta.MetaLoss;
import dev.glissade.meta.MetaObjective;
import dev.glissade.meta.Parabola;
import dev.glissade.meta.TruncatedBptt;
import dev.glissade.optimizer.Adam;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Meta-training is repeatable, resumable and survives bad episodes; and since it is a plain
/// descent, a learned optimizer can be its outer optimizer.
class MetaTrainingTest {

  private static final LstmConfiguration NETWORK =
      new LstmConfiguration(2, 8, new Preprocessing.Identity(), 0.1);

  private static final LstmOptimizer LEARNED = new LstmOptimizer(NETWORK);

  private static final MetaTrainingConfiguration SMALL =
      MetaTrainingConfiguration.defaults()
          .with("episodes", 12)
          .with("steps", 20)
          .with("unroll", 5)
          .with("batch", 700)
          .with("validateEvery", 3)
          .with("validationInstances", 16)
          .with("learningRate", 0.01);

  @TempDir private Path folder;

  /// Parabolas of random curvature. 700 of them make two shards.
  private record Parabolas() implements Problem {
    @Override
    public String name() {
      return "parabolas";
    }

    @Override
    public Objective sample(Split split, long seed) {
      var random = Seeds.stream(seed, "parabolas/" + split, 0);
      return new Parabola(random.nextDouble(0.5, 2), 1);
    }
  }

  /// Parabolas of which some blow up at once.
  private record SomeBroken() implements Problem {
    @Override
    public String name() {
      return "some-broken";
    }

    @Override
    public Objective sample(Split split, long seed) {
      boolean broken = split == Split.TRAIN && seed % 5 == 0;
      return new Parabola(1, broken ? Float.NaN : 1);
    }
  }

  private static MetaTraining<?, ?> training(MetaTrainingConfiguration configuration) {
    return MetaTraining.withAdam(new Parabolas(), LEARNED, configuration);
  }

  @Test
  void learnsToDescend() {
    var result = training(SMALL.with("episodes", 60), 1).run(TrainingListener.silent());
    assertThat(result.validationLoss()).isLessThan(0.02); // it starts at 0.6
    assertThat(result.nonFiniteCount()).isZero();
  }

  @Test
  void fiftyMetaStepsAreBitEqualOnOneThreadAndOnTwo() {
    // 13 episodes of 4 unrolls make 52 meta-steps
    var one = training(SMALL.with("episodes", 13), 1).run(TrainingListener.silent());
    var two = training(SMALL.with("episodes", 13), 2).run(TrainingListener.silent());
    assertThat(two.weights()).containsExactly(one.weights());
    assertThat(two.validationLoss()).isEqualTo(one.validationLoss());
  }

  @Test
  void aRunThatWasCutOffEndsBitEqualToAnUnbrokenOne() throws IOException {
    RunFolder whole =
        RunFolder.create(folder.resolve("whole"), Architecture.of(NETWORK), Map.of("a", "b"));
    var expected = training(SMALL, 1).run(whole, TrainingListener.silent());

    Path path = folder.resolve("broken");
    RunFolder broken = RunFolder.create(path, Architecture.of(NETWORK), Map.of("a", "b"));
    assertThatThrownBy(() -> training(SMALL, 1).run(broken, new CutOff(8)))
        .isInstanceOf(CutOffException.class);
    Files.writeString(
        path.resolve("metrics.jsonl"),
        Files.readString(path.resolve("metrics.jsonl"))
            + "{\"episode\":9,\"met"); // cut off in mid-line
    var resumed = training(SMALL, 2).run(broken, TrainingListener.silent());

    assertThat(resumed.weights()).containsExactly(expected.weights());
    assertThat(RunFolder.best(path)).hasSameBinaryContentAs(RunFolder.best(whole.path()));
    assertThat(path.resolve("checkpoints/latest.safetensors"))
        .hasSameBinaryContentAs(whole.path().resolve("checkpoints/latest.safetensors"));
    assertThat(Files.readAllLines(path.resolve("metrics.jsonl"))).hasSize(4);
  }

  @Test
  void aFolderThatHoldsARunIsNotOverwritten() throws IOException {
    RunFolder.create(folder, Architecture.of(NETWORK), Map.of());
    assertThatThrownBy(() -> RunFolder.create(folder, Architecture.of(NETWORK), Map.of()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("holds a run already: resume it, or choose another folder");
  }

  @Test
  void brokenObjectivesAreCountedAndLeaveTheOthersAlone() {
    var configuration = SMALL.with("batch", 40).with("episodes", 40);
    var result =
        MetaTraining.withAdam(new SomeBroken(), LEARNED, configuration, 1)
            .run(TrainingListener.silent());
    assertThat(result.nonFiniteCount()).isPositive();
    assertThat(result.validationLoss()).isLessThan(0.1);
  }

  /// g(g): an optimizer that was learned trains the next one, through the very same loop.
  @Test
  void aLearnedOptimizerTrainsTheNext() {
    var first = training(SMALL.with("episodes", 60), 1).run(TrainingListener.silent());
    LstmOptimizer cautious =
        new LstmOptimizer(new LstmConfiguration(2, 8, new Preprocessing.Identity(), 0.002));
    var second =
        MetaTraining.withOuter(
                new Parabolas(),
                LEARNED,
                cautious.with(first.weights()),
                SMALL.with("episodes", 60),
                1)
            .run(TrainingListener.silent());
    assertThat(second.validationLoss()).isLessThan(0.3); // an untrained one ends at 0.6 and more
  }

  @Test
  void aSubsetOfCoordinatesEstimatesTheSameGradient() {
    var all = new TruncatedBptt<>(LEARNED, 5);
    var some = new TruncatedBptt<>(LEARNED, 5, MetaLoss.LOSSES, false, 0.25);
    float[] weights = LEARNED.initialWeights(1);
    List<Objective> objectives =
        java.util.stream.IntStream.range(0, 40)
            .mapToObj(i -> new Parabolas().sample(Problem.Split.TRAIN, i))
            .toList();
    float[] exact = new float[weights.length];
    all.estimate(weights, new Episode<>(objectives, LEARNED.with(weights)), 1, 0, exact);
    float[] sum = new float[weights.length];
    int draws = 400;
    for (int k = 0; k < draws; k++) {
      var episode = new Episode<>(objectives, LEARNED.with(weights));
      some.estimate(weights, episode, 1.0 / draws, k, sum);
    }
    double error = 0;
    double norm = 0;
    for (int i = 0; i < sum.length; i++) {
      error += Math.pow(sum[i] - exact[i], 2);
      norm += Math.pow(exact[i], 2);
    }
    assertThat(Math.sqrt(error / norm)).isLessThan(0.05);
  }

  /// A logarithm of a sum would be no sum of logarithms.
  @Test
  void logarithmsAreThoseOfEachObjective() {
    var logs = new TruncatedBptt<>(LEARNED, 5, MetaLoss.LOGARITHMS, false, 1);
    var plan = new MetaObjective.EpisodePlan(Curriculum.constant(5), 3);
    var together = new MetaObjective<>(new Parabolas(), logs, plan, 1);
    float[] weights = LEARNED.initialWeights(1);
    float[] gradient = new float[weights.length];
    double loss = together.evaluate(weights, 0, gradient);
    float[] sum = new float[weights.length];
    double expected = 0;
    long episode = Seeds.derive(1, "episode", 0);
    for (int b = 0; b < 3; b++) {
      Objective objective =
          new Parabolas().sample(Problem.Split.TRAIN, Seeds.derive(episode, "batch", b));
      var alone = new Episode<>(List.of(objective), LEARNED.with(weights));
      expected += logs.estimate(weights, alone, 1.0 / 3, 0, sum);
    }
    assertThat(loss).isCloseTo(expected, within(1e-9));
    assertThat(gradient).containsExactly(sum, within(1e-6f));
  }

  @Test
  void theOuterLoopIsAnOrdinaryDescent() {
    var objective =
        new MetaObjective<>(
            new Parabolas(),
            new TruncatedBptt<>(LEARNED, 5),
            new MetaObjective.EpisodePlan(Curriculum.constant(20), 30),
            1,
            1);
    Descent descent = Descent.start(objective, new Adam(0.01));
    double first = descent.run(3).loss(0);
    descent.run(4 * 40);
    assertThat(descent.loss()).isLessThan(first);
  }

  /// Throws after so many episodes, as a process that is killed.
  private record CutOff(long after) implements TrainingListener {
    @Override
    public void episode(long episode, long episodes, double metaLoss) {
      if (episode == after) {
        throw new CutOffException();
      }
    }

    @Override
    public void validated(TrainingMetrics metrics) {}
  }

  private static final class CutOffException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
