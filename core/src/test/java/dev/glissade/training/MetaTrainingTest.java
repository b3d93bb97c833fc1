package dev.glissade.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.glissade.BlockFilter;
import dev.glissade.Descent;
import dev.glissade.Objective;
import dev.glissade.Problem;
import dev.glissade.TestProblems;
import dev.glissade.Workers;
import dev.glissade.file.JsonObject;
import dev.glissade.learned.Lstm;
import dev.glissade.learned.Preprocessing;
import dev.glissade.learned.TrainedOptimizer;
import dev.glissade.meta.Episodes;
import dev.glissade.meta.EvolutionStrategies;
import dev.glissade.meta.ExactBptt;
import dev.glissade.meta.GradientEstimator;
import dev.glissade.meta.MetaObjective;
import dev.glissade.meta.PersistentEvolutionStrategies;
import dev.glissade.meta.TruncatedBptt;
import dev.glissade.optimizer.Adam;
import dev.glissade.optimizer.Rule;
import dev.glissade.problem.RandomProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Meta-training is repeatable, resumable and survives bad episodes; and since it is a plain
/// descent, a learned optimizer can be its outer optimizer.
class MetaTrainingTest {

  private static final Lstm NETWORK = new Lstm(2, 8, new Preprocessing.Identity(), 0.1);

  /// Parabolas of random curvature. 700 of them make two shards.
  private static final Problem PARABOLAS =
      RandomProblem.of("parabolas", random -> TestProblems.parabola(random.nextDouble(0.5, 2), 1));

  private static final MetaTraining SMALL =
      new MetaTraining(
          PARABOLAS,
          Variety.NONE,
          NETWORK,
          new TruncatedBptt(5),
          new Episodes(12, 20, 700),
          Outer.adam(0.01),
          BlockFilter.ALL,
          new Validation(3, 16),
          new Start.Random(),
          1);

  @TempDir private Path folder;

  /// Parabolas of which some blow up at once.
  private record SomeBroken() implements Problem {
    @Override
    public String name() {
      return "some-broken";
    }

    @Override
    public Objective sample(Split split, long seed) {
      boolean broken = split == Split.TRAIN && seed % 5 == 0;
      return TestProblems.parabola(1, broken ? Float.NaN : 1);
    }
  }

  @Test
  void learnsToDescend() {
    Outcome outcome = SMALL.withEpisodes(60).run(TrainingListener.silent());
    assertThat(outcome.validationLoss()).isLessThan(0.02); // it starts at 0.6
    assertThat(outcome.improved()).isTrue();
    assertThat(outcome.nonFiniteCount()).isZero();
  }

  @Test
  void fiftyMetaStepsAreBitEqualOnOneThreadAndOnTwo() {
    // 13 episodes of 4 unrolls make 52 meta-steps
    TrainedOptimizer one = Workers.with(1, SMALL.withEpisodes(13)::run);
    TrainedOptimizer two = Workers.with(2, SMALL.withEpisodes(13)::run);
    assertThat(two).isEqualTo(one);
  }

  @Test
  void aRunThatWasCutOffEndsBitEqualToAnUnbrokenOne() throws IOException {
    Path whole = folder.resolve("whole");
    RunFolder.create(whole, SMALL);
    Outcome expected = resume(whole, TrainingListener.silent());

    Path broken = folder.resolve("broken");
    RunFolder.create(broken, SMALL);
    assertThatThrownBy(() -> resume(broken, new CutOff(8))).isInstanceOf(CutOffException.class);
    Files.writeString(
        broken.resolve("metrics.jsonl"),
        "{\"episode\":9,\"met", // cut off in mid-line
        StandardOpenOption.APPEND);
    Outcome resumed = resume(broken, TrainingListener.silent());

    assertThat(resumed.weights()).containsExactly(expected.weights());
    assertThat(RunFolder.best(broken)).hasSameBinaryContentAs(RunFolder.best(whole));
    assertThat(broken.resolve("checkpoints/episode-12.safetensors"))
        .hasSameBinaryContentAs(whole.resolve("checkpoints/episode-12.safetensors"));
    assertThat(RunFolder.open(broken).metrics())
        .filteredOn(TrainingMetrics::isValidation)
        .extracting(TrainingMetrics::episode)
        .containsExactly(3L, 6L, 9L, 12L);
  }

  private static Outcome resume(Path path, TrainingListener listener) throws IOException {
    RunFolder run = RunFolder.open(path);
    MetaTraining training = run.training(_ -> PARABOLAS);
    try (RunKeeper keeper = run.resume(training)) {
      return training.run(keeper, listener);
    }
  }

  /// Whatever estimates the gradient, and however many runs it makes for that.
  @ParameterizedTest
  @MethodSource("estimators")
  void theStepsOfEveryEpisodeAreToldInOrder(GradientEstimator estimator) {
    List<Integer> steps = new ArrayList<>();
    List<Integer> expected = new ArrayList<>();
    MetaTraining training = Trainings.of(PARABOLAS).withEstimator(estimator);
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void stepping(int step, int of) {
            assertThat(of).isEqualTo(10);
            if (steps.isEmpty() || steps.getLast() != step) {
              steps.add(step);
            }
          }

          @Override
          public void episode(TrainingMetrics metrics) {
            IntStream.rangeClosed(1, 10).forEach(expected::add);
            assertThat(steps).isEqualTo(expected);
          }
        };
    Workers.with(1, () -> training.run(listener));
    assertThat(expected).hasSize(60);
  }

  @Test
  void aScoringIsToldWithinItsRunsAndAfterEach() {
    List<Double> told = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void validating(double done, int of) {
            assertThat(of).isEqualTo(4);
            told.add(done);
          }

          @Override
          public void validated(TrainingMetrics metrics) {
            assertThat(told).isSorted().contains(1.0, 2.0, 3.0, 4.0).hasSizeGreaterThan(40);
            told.clear();
          }
        };
    Workers.with(1, () -> Trainings.of(PARABOLAS).run(listener));
    assertThat(told).isEmpty();
  }

  private static Stream<GradientEstimator> estimators() {
    return Stream.of(
        new TruncatedBptt(5),
        new TruncatedBptt(10),
        new ExactBptt(5),
        new EvolutionStrategies(10, 0.1),
        new PersistentEvolutionStrategies(5, 0.1));
  }

  @Test
  void aFolderThatHoldsARunIsNotOverwritten() throws IOException {
    RunFolder.create(folder, SMALL);
    assertThatThrownBy(() -> RunFolder.create(folder, SMALL))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("holds a run already: resume it, or choose another folder");
  }

  @Test
  void brokenObjectivesAreCountedAndLeaveTheOthersAlone() {
    MetaTraining training =
        new MetaTraining(
            new SomeBroken(),
            SMALL.variety(),
            SMALL.family(),
            SMALL.estimator(),
            new Episodes(40, 20, 40),
            SMALL.outer(),
            SMALL.trained(),
            SMALL.validation(),
            SMALL.start(),
            1);
    Outcome outcome = training.run(TrainingListener.silent());
    assertThat(outcome.nonFiniteCount()).isPositive();
    assertThat(outcome.validationLoss()).isLessThan(0.1);
  }

  /// g(g): an optimizer that was learned trains the next one, through the very same loop.
  @Test
  void aLearnedOptimizerTrainsTheNext() {
    TrainedOptimizer first = SMALL.withEpisodes(60).run();
    Lstm cautious = new Lstm(2, 8, new Preprocessing.Identity(), 0.002);
    TrainedOptimizer teacher = new TrainedOptimizer(cautious, first.weights(), JsonObject.empty());
    Outcome second =
        SMALL.withEpisodes(60).withOuter(Outer.of(teacher)).run(TrainingListener.silent());
    assertThat(second.validationLoss()).isLessThan(0.3); // an untrained one ends at 0.6 and more
  }

  /// A guard around a teacher that knows nothing: Adam goes on from where φ was best.
  @Test
  void aTeacherThatFailsIsReplacedByTheFallback() {
    float[] random = NETWORK.initialWeights(5);
    Outer alone = Outer.of(new TrainedOptimizer(NETWORK, random, JsonObject.empty()));
    Outer watched =
        alone.withTeacher(
            new Outer.Watched(
                alone.teacher(), new Outer.HandDesigned(Rule.parse("adam=0.01"), true)));
    assertThat(outcome(alone).validationLoss()).isGreaterThan(0.5);
    assertThat(outcome(watched).validationLoss()).isLessThan(0.3);
  }

  private static Outcome outcome(Outer outer) {
    return SMALL.withEpisodes(60).withOuter(outer).run(TrainingListener.silent());
  }

  @Test
  void theOuterLoopIsAnOrdinaryDescent() {
    MetaObjective objective =
        new MetaObjective(PARABOLAS, NETWORK, new TruncatedBptt(5), new Episodes(9, 20, 30), 1);
    Descent descent = Descent.start(objective, new Adam(0.01));
    double first = descent.run(3).loss(0);
    descent.run(4 * 40);
    assertThat(descent.loss()).isLessThan(first);
  }

  /// Throws after so many episodes, as a process that is killed.
  private record CutOff(long after) implements TrainingListener {
    @Override
    public void episode(TrainingMetrics metrics) {
      if (metrics.episode() == after) {
        throw new CutOffException();
      }
    }
  }

  private static final class CutOffException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /// A network of one layer of 4 has a state of 8 floats a coordinate; an exact unroll keeps it at
  /// every step, with θ and the gradient, an approximate one its start and the gradients; with
  /// global cells that, too, keeps it at every step.
  @Test
  void memoryGrowsWithTheBatchAndTheUnroll() {
    MetaTraining training = Trainings.of(Trainings.PARABOLAS).withEpisodes(new Episodes(6, 20, 3));
    double curves = 4 * (64 + 8 * 21); // of 4 validation instances
    assertThat(LeastMemory.bytes(training.withEstimator(new TruncatedBptt(5))))
        .isEqualTo(4 * 3 * (4 + 8 + 8 + 6) + curves);
    assertThat(LeastMemory.bytes(training.withEstimator(new ExactBptt(10))))
        .isEqualTo(4 * 3 * (4 + 8 + 10 * (8 + 2)) + curves);
    MetaTraining averaging =
        training
            .withFamily(Trainings.NETWORK.withGlobalCells(1))
            .withEstimator(new TruncatedBptt(5));
    assertThat(LeastMemory.bytes(averaging)).isEqualTo(4 * 3 * (4 + 8 + 5 * 8 + 6) + curves);
    MetaTraining huge =
        training
            .withEpisodes(new Episodes(6, 2_000_000_000, 2_000_000_000))
            .withEstimator(new ExactBptt(2_000_000_000));
    assertThat(LeastMemory.bytes(huge)).isCloseTo(4 * 2e9 * 2e9 * 10, within(1e12));
  }
}
