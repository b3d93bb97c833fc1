package dev.glissade.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.glissade.Objective;
import dev.glissade.ParameterLayout;
import dev.glissade.Problem;
import dev.glissade.Problem.Split;
import dev.glissade.TestProblems;
import dev.glissade.evaluation.LearningRateSearch.Found;
import dev.glissade.evaluation.LearningRateSearch.Trial;
import dev.glissade.optimizer.Adam;
import dev.glissade.optimizer.Baseline;
import dev.glissade.optimizer.Baselines;
import dev.glissade.optimizer.Guarded;
import dev.glissade.problem.Objectives;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Rates are searched for once, remembered where they fit, and never believed where they cannot be.
class TuningTest {

  private static final Baseline SGD = Baselines.find("sgd");
  private static final Baseline ADAM = Baselines.find("adam");
  private static final Problem SQUARE = TestProblems.always("square", TestProblems.parabola(2, 1));

  /// NaN as soon as it is stepped from.
  private static final Objective TRAP =
      Objectives.of(
          ParameterLayout.of("x", 1),
          new float[1],
          (x, _, gradient) -> {
            gradient[0] = 1;
            return x[0] == 0 ? 0 : Double.NaN;
          });

  @TempDir private Path folder;

  private final List<IOException> notKept = new ArrayList<>();

  /// A search of which one trial diverged.
  private static final Found FOUND =
      new Found(
          new Trial(0.125, 3, 3, 3),
          List.of(new Trial(0.125, 3, 3, 3), new Trial(8, Double.POSITIVE_INFINITY, 3.5, 2)));

  private final AtomicInteger runs = new AtomicInteger();

  private static Evaluation squares(int steps) {
    return new Evaluation(SQUARE, Split.VALIDATION, 3, steps, Tuning.SEED);
  }

  private Tuning tuning(Evaluation validation) {
    return new Tuning(new TuningCache(folder), validation, notKept::add);
  }

  private Contender.Designed tuned(Evaluation validation) {
    return (Contender.Designed)
        tuning(validation).contender(new Entrant.Untuned("sgd", SGD), runs::incrementAndGet);
  }

  private Path onlyFile() throws IOException {
    try (var files = Files.list(folder)) {
      return files.toList().getFirst();
    }
  }

  @Test
  void theCacheGivesBackWhatFitsAndNothingElse() throws IOException {
    TuningCache cache = new TuningCache(folder);
    cache.put(ADAM, squares(5), Goal.LAST_STEP, FOUND);
    assertThat(cache.find(ADAM, squares(5), Goal.LAST_STEP)).hasValue(FOUND);
    assertThat(cache.find(ADAM, squares(6), Goal.LAST_STEP)).isEmpty();
    assertThat(cache.find(SGD, squares(5), Goal.LAST_STEP)).isEmpty();
    assertThat(cache.find(ADAM, squares(5), Goal.LAST_TENTH)).isEmpty();
    Files.writeString(onlyFile(), "{damaged");
    assertThat(cache.find(ADAM, squares(5), Goal.LAST_STEP)).isEmpty();
  }

  /// They have the steps of each trial, too.
  @Test
  void theCacheReadsWhatEarlierVersionsWrote() throws IOException {
    TuningCache cache = new TuningCache(folder);
    cache.put(ADAM, squares(5), Goal.LAST_STEP, FOUND);
    String earlier =
        Files.readString(onlyFile()).replace("\"instances\":2", "\"instances\":2,\"steps\":5");
    assertThat(earlier).contains("\"steps\":5}");
    Files.writeString(onlyFile(), earlier);
    assertThat(cache.find(ADAM, squares(5), Goal.LAST_STEP)).hasValue(FOUND);
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "Infinity", "0.0", "-0.125", "1e300", "1e-300", "x", ""})
  void theCacheDoesNotBelieveWhatCannotBeARate(String rate) throws IOException {
    TuningCache cache = new TuningCache(folder);
    cache.put(ADAM, squares(5), Goal.LAST_STEP, FOUND);
    Files.writeString(onlyFile(), Files.readString(onlyFile()).replace("0.125", rate));
    assertThat(cache.find(ADAM, squares(5), Goal.LAST_STEP)).isEmpty();
  }

  @Test
  void theCacheDoesNotBelieveAFolder() throws IOException {
    TuningCache cache = new TuningCache(folder);
    cache.put(ADAM, squares(5), Goal.LAST_STEP, FOUND);
    Path file = onlyFile();
    Files.delete(file);
    Files.createDirectory(file);
    assertThat(cache.find(ADAM, squares(5), Goal.LAST_STEP)).isEmpty();
  }

  @Test
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void theCacheDoesNotWaitForAPipe() throws IOException, InterruptedException {
    TuningCache cache = new TuningCache(folder);
    cache.put(ADAM, squares(5), Goal.LAST_STEP, FOUND);
    Path file = onlyFile();
    Files.delete(file);
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/mkfifo")), "there is no mkfifo");
    new ProcessBuilder("/usr/bin/mkfifo", file.toString()).start().waitFor();
    assertThat(cache.find(ADAM, squares(5), Goal.LAST_STEP)).isEmpty();
  }

  @Test
  void aRateIsSearchedForOnceAndSaysThatItWasTuned() {
    Contender.Designed first = tuned(squares(1));
    assertThat(first.source()).isEqualTo(RateSource.TUNED);
    assertThat(first.rule().learningRate()).isBetween(0.46, 0.54);
    int searched = runs.getAndSet(0);
    assertThat(searched).isPositive();
    assertThat(first.trials()).extracting(Trial::learningRate).isSorted().hasSizeGreaterThan(10);
    assertThat(tuned(squares(1))).as("with all trials").isEqualTo(first);
    assertThat(runs).hasValue(0);
    assertThat(notKept).isEmpty();
  }

  /// ½·2·x² and two steps: the second is half as long as the first, so that x ends at (1 − 2η)(1 −
  /// η)·x₀. The rate belongs to a run of this length, and is remembered for no other.
  @Test
  void aRateThatFadesIsTunedForTheLengthOfTheRun() {
    Baseline fading = SGD.fading();
    Tuning tuning = tuning(squares(2));
    Entrant entrant = new Entrant.Untuned("sgd+cosine", fading);
    var contender = (Contender.Designed) tuning.contender(entrant, runs::incrementAndGet);
    assertThat(contender.rule().with("steps", 2)).isEqualTo(contender.rule());
    double rate = contender.rule().learningRate();
    assertThat((1 - 2 * rate) * (1 - rate)).isBetween(-0.05, 0.05);
    TuningCache cache = new TuningCache(folder);
    assertThat(cache.find(fading, squares(2), Goal.LAST_STEP).orElseThrow().best().learningRate())
        .isEqualTo(rate);
    assertThat(cache.find(fading, squares(3), Goal.LAST_STEP)).isEmpty();
    assertThat(cache.find(SGD, squares(2), Goal.LAST_STEP)).isEmpty();
  }

  /// At any rate the loss after the last of 20 steps is 1; the one before says which rate is good.
  @Test
  void aRateIsTunedForItsGoal() {
    Objective late =
        Objectives.of(
            ParameterLayout.of("x", 1),
            new float[] {1},
            (x, draw, gradient) -> {
              gradient[0] = x[0] > 0 ? 1 : 0;
              return draw == 20 ? 1 : 2 + 10 * Math.abs(x[0] - 0.43);
            });
    Evaluation validation =
        new Evaluation(TestProblems.always("late", late), Split.VALIDATION, 1, 20, Tuning.SEED);
    TuningCache cache = new TuningCache(folder);
    Tuning tuning = new Tuning(cache, validation, Goal.LAST_TENTH, notKept::add);
    var found = (Found) tuning.search(SGD, () -> {});
    assertThat(1 - 19 * found.best().learningRate()).isBetween(0.3, 0.55);
    assertThat(cache.find(SGD, validation, Goal.LAST_TENTH)).hasValue(found);
    assertThat(cache.find(SGD, validation, Goal.LAST_STEP)).isEmpty();
  }

  @Test
  void theFallbackOfAGuardIsTunedAsItIsAlone() {
    Entrant entrant =
        new Entrant.Watched("guarded", ready("mine", 0.1), new Entrant.Untuned("sgd", SGD));
    Tuning tuning = tuning(squares(1));
    assertThat(tuning.runs(entrant)).isEqualTo(tuning.runs());
    Contender contender = tuning.contender(entrant, runs::incrementAndGet);
    Contender.Designed alone = tuned(squares(1));
    assertThat(contender.optimizer())
        .isEqualTo(new Guarded<>(SGD.at(0.1), alone.rule().optimizer()));
    assertThat(tuning.runs(entrant)).isZero();
  }

  @Test
  void aSearchMakesAboutAsManyRunsAsIsSaid() {
    Tuning tuning = tuning(squares(1));
    long foreseen = tuning.runs(new Entrant.Untuned("sgd", SGD));
    tuned(squares(1));
    assertThat((double) runs.get()).isBetween(0.7 * foreseen, 1.5 * foreseen);
    assertThat(tuning.runs(new Entrant.Untuned("sgd", SGD))).isZero();
  }

  @Test
  void whereEveryRateDivergesThatIsSaidAndNotRemembered() throws IOException {
    Evaluation trap =
        new Evaluation(TestProblems.always("trap", TRAP), Split.VALIDATION, 1, 5, Tuning.SEED);
    Contender.Designed none = tuned(trap);
    assertThat(none.source()).isEqualTo(RateSource.NONE_FOUND);
    assertThat(none.rule().learningRate()).isEqualTo(1e-12);
    assertThat(none.trials()).extracting(Trial::loss).containsOnly(Double.POSITIVE_INFINITY);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aRateThatCannotBeKeptIsStillUsed() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    Tuning tuning = new Tuning(new TuningCache(file), squares(1), notKept::add);
    Contender contender = tuning.contender(new Entrant.Untuned("sgd", SGD), () -> {});
    assertThat(((Contender.Designed) contender).source()).isEqualTo(RateSource.TUNED);
    assertThat(notKept).hasSize(1);
  }

  @Test
  void whatIsReadyIsNotTuned() {
    Contender mine = new Contender.Learned("mine", "", new Adam(0.1));
    assertThat(tuning(squares(1)).contender(new Entrant.Ready(mine), runs::incrementAndGet))
        .isSameAs(mine);
    assertThat(runs).hasValue(0);
  }

  private Competition competition(Entrant... entrants) {
    Evaluation test = new Evaluation(SQUARE, Split.TEST, 7, 1, 1);
    return new Competition(test, tuning(squares(1)), List.of(entrants));
  }

  private static Entrant ready(String name, double rate) {
    return new Entrant.Ready(new Contender.Learned(name, "", SGD.at(rate)));
  }

  @Test
  void aCompetitionForeseesAndCountsItsRuns() {
    Competition known = competition(ready("a", 0.1), ready("b", 0.2));
    assertThat(known.runs()).isEqualTo(14);
    known.run(runs::incrementAndGet);
    assertThat(runs.getAndSet(0)).isEqualTo(14);

    Competition untuned = competition(ready("a", 0.1), new Entrant.Untuned("sgd", SGD));
    long foreseen = untuned.runs();
    Comparison comparison = untuned.run(runs::incrementAndGet);
    assertThat((double) runs.getAndSet(0)).isBetween(0.7 * foreseen, 1.5 * foreseen);
    assertThat(comparison.entries()).extracting(Comparison.Entry::name).containsExactly("a", "sgd");
    assertThat(comparison.ranking().best().name()).isEqualTo("sgd");

    assertThat(untuned.runs()).as("now that the rate is known").isEqualTo(14);
    untuned.run(runs::incrementAndGet);
    assertThat(runs).hasValue(14);
  }

  @Test
  void twoOfOneNameAreRefused() {
    assertThatThrownBy(() -> competition(ready("a", 0.1), ready("a", 0.2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("two optimizers are called 'a': ");
  }
}
