package dev.glissade.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.glissade.BlockFilter;
import dev.glissade.ParameterLayout.Slice;
import dev.glissade.Problem;
import dev.glissade.Seeds;
import dev.glissade.TestProblems;
import dev.glissade.evaluation.Evaluation;
import dev.glissade.evaluation.Runs;
import dev.glissade.evaluation.Span;
import dev.glissade.file.JsonObject;
import dev.glissade.learned.Architecture;
import dev.glissade.learned.Corrected;
import dev.glissade.learned.Lstm;
import dev.glissade.learned.Preprocessing;
import dev.glissade.learned.TrainedOptimizer;
import dev.glissade.meta.Curriculum;
import dev.glissade.meta.Episodes;
import dev.glissade.meta.EvolutionStrategies;
import dev.glissade.meta.ExactBptt;
import dev.glissade.meta.Imitated;
import dev.glissade.meta.Imitation;
import dev.glissade.meta.MetaLoss;
import dev.glissade.meta.PersistentEvolutionStrategies;
import dev.glissade.meta.TruncatedBptt;
import dev.glissade.optimizer.Rule;
import dev.glissade.problem.RandomProblem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Every setting of a training changes what it is there for and nothing else, and survives the
/// folder of the run.
class ConfigurationTakesEffectTest {

  private static final MetaTraining BASE = Trainings.of(Trainings.PARABOLAS);

  private static final Problem OTHER =
      RandomProblem.of("other", random -> TestProblems.parabola(random.nextDouble(2, 3), 2));

  private static final TrainedOptimizer TEACHER =
      new TrainedOptimizer(
          Trainings.NETWORK, Trainings.NETWORK.initialWeights(5), JsonObject.empty());

  /// A change of the training.
  record Change(String name, UnaryOperator<MetaTraining> change) {
    MetaTraining of(MetaTraining training) {
      return change.apply(training);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static Change change(String name, UnaryOperator<MetaTraining> change) {
    return new Change(name, change);
  }

  private static Change episodes(String name, UnaryOperator<Episodes> change) {
    return change(name, training -> training.withEpisodes(change.apply(training.episodes())));
  }

  private static Change outer(String name, UnaryOperator<Outer> change) {
    return change(name, training -> training.withOuter(change.apply(training.outer())));
  }

  private static Change variety(String name, UnaryOperator<Variety> change) {
    return change(name, training -> training.withVariety(change.apply(training.variety())));
  }

  private static Change validation(String name, UnaryOperator<Validation> change) {
    return change(name, training -> training.withValidation(change.apply(training.validation())));
  }

  private static Outer watched(Rule fallback) {
    Outer learned = Outer.of(TEACHER);
    return learned.withTeacher(
        new Outer.Watched(learned.teacher(), new Outer.HandDesigned(fallback, true)));
  }

  private static Imitation imitation(String teacher, double share) {
    return new Imitation(new TruncatedBptt(5), Imitated.parse(teacher), share);
  }

  /// What leads to another φ.
  static Stream<Change> learning() {
    Rule adam = Rule.parse("adam=0.02");
    return Stream.of(
        change("number of episodes", t -> t.withEpisodes(4)),
        episodes(
            "curriculum", e -> e.withCurriculum(new Curriculum(Curriculum.parseStages("5x2"), 10))),
        episodes("steps", e -> e.withSteps(15)),
        change("steps and unroll", t -> t.withSteps(8)),
        episodes("batch", e -> e.withBatch(4)),
        episodes("loss", e -> e.withLoss(MetaLoss.LOGARITHMS)),
        change("unroll", t -> t.withEstimator(new TruncatedBptt(10))),
        change("fraction", t -> t.withEstimator(new TruncatedBptt(5, 0.5))),
        change("exact", t -> t.withEstimator(new ExactBptt(5))),
        change("evolution", t -> t.withEstimator(new EvolutionStrategies(5, 0.1))),
        change("deviation", t -> t.withEstimator(new EvolutionStrategies(5, 0.2))),
        change("skip", t -> t.withEstimator(new EvolutionStrategies(5, 0.2, 0.5))),
        change("persistent", t -> t.withEstimator(new PersistentEvolutionStrategies(5, 0.1))),
        change("outer rate", t -> t.withLearningRate(0.03)),
        outer(
            "outer rule", o -> o.withTeacher(new Outer.HandDesigned(Rule.parse("sgd=0.02"), true))),
        outer("no fading", o -> o.withTeacher(new Outer.HandDesigned(adam, false))),
        outer(
            "outer setting",
            o -> o.withTeacher(new Outer.HandDesigned(adam.with("beta1", 0.5), true))),
        outer("clip", o -> o.withClip(0.01)),
        outer("learned outer", _ -> Outer.of(TEACHER)),
        outer("self", _ -> Outer.self()),
        outer("watched", _ -> watched(adam)),
        change("trained", t -> t.withTrained(new BlockFilter("output"))),
        change("start", t -> t.withStart(new Start.From("mine", TEACHER))),
        change("seed", t -> t.withSeed(2)),
        change("family", t -> t.withFamily(new Lstm(1, 4, new Preprocessing.Identity(), 0.2))),
        variety("mix", v -> v.withMix(List.of(OTHER))),
        change(
            "output",
            t -> t.withFamily(new Lstm(1, 4, new Preprocessing.Identity(), 0.2, Lstm.Output.TANH))),
        change("imitation", t -> t.withEstimator(imitation("sgd=0.1", 0.5))),
        change("teacher", t -> t.withEstimator(imitation("sgd=0.2", 0.5))),
        change(
            "learned teacher",
            t -> t.withEstimator(imitation("pretrained:quadratic-uniform", 0.5))),
        change("share", t -> t.withEstimator(imitation("sgd=0.1", 1))),
        variety("scaling", v -> v.withRandomScaling(2)),
        variety("convex part", v -> v.withConvexPart(3)));
  }

  /// What only decides which φ is kept, and how good it is said to be.
  static Stream<Change> judging() {
    return Stream.of(
        validation("validation instances", v -> v.withInstances(7)),
        validation("validation interval", v -> v.withEvery(4)),
        validation("validation span", v -> v.withSpan(Span.RUN)));
  }

  static Stream<Change> all() {
    return Stream.of(
            learning(),
            judging(),
            Stream.of(
                validation("kept", v -> v.withKept(dev.glissade.training.Kept.BEST_OR_AVERAGE))))
        .flatMap(changes -> changes);
  }

  /// What a training saves and tells.
  private static final class Kept implements Checkpoints, TrainingListener {
    private final List<Checkpoint> checkpoints = new ArrayList<>();
    private final List<TrainingMetrics> episodes = new ArrayList<>();
    private final List<TrainingMetrics> validations = new ArrayList<>();

    static Kept of(MetaTraining training) throws IOException {
      Kept kept = new Kept();
      training.run(kept, kept);
      return kept;
    }

    float[] weights() {
      return checkpoints.getLast().progress().weights();
    }

    @Override
    public Optional<Checkpoint> latest() {
      return Optional.empty();
    }

    @Override
    public void record(Checkpoint checkpoint, TrainingMetrics metrics) {
      if (metrics.isValidation()) {
        checkpoints.add(checkpoint);
      }
    }

    @Override
    public void episode(TrainingMetrics metrics) {
      episodes.add(metrics);
    }

    @Override
    public void validated(TrainingMetrics metrics) {
      validations.add(metrics);
    }
  }

  @Test
  void equalTrainingsGiveEqualOptimizers() throws IOException {
    Kept kept = Kept.of(BASE);
    assertThat(Kept.of(BASE).weights()).containsExactly(kept.weights());
    assertThat(BASE.run()).isEqualTo(BASE.run());
  }

  @ParameterizedTest
  @MethodSource("learning")
  void changesWhatIsLearned(Change change) throws IOException {
    MetaTraining changed = change.of(BASE);
    assertThat(changed).isNotEqualTo(BASE);
    assertThat(Kept.of(changed).weights()).isNotEqualTo(Kept.of(BASE).weights());
  }

  @ParameterizedTest
  @MethodSource("judging")
  void changesNothingThatIsLearned(Change change) throws IOException {
    MetaTraining changed = change.of(BASE);
    Kept kept = Kept.of(changed);
    assertThat(kept.weights()).containsExactly(Kept.of(BASE).weights());
    assertThat(kept.validations).isNotEqualTo(Kept.of(BASE).validations);
  }

  @ParameterizedTest
  @MethodSource("all")
  void survivesTheFolder(Change change, @TempDir Path folder) throws IOException {
    MetaTraining changed = change.of(BASE);
    RunFolder.create(folder.resolve("run"), changed);
    Function<String, Problem> problems = name -> name.equals("other") ? OTHER : Trainings.PARABOLAS;
    assertThat(RunFolder.open(folder.resolve("run")).training(problems)).isEqualTo(changed);
  }

  /// Clipping at the norm that gradients have, or above it, does nothing.
  @Test
  void clippingIsByTheNorm() throws IOException {
    MetaTraining sgd =
        BASE.withOuter(new Outer(new Outer.HandDesigned(Rule.parse("sgd=0.001"), false), 1e6));
    float[] start = sgd.initialWeights();
    MetaTraining one = sgd.withEpisodes(new Episodes(1, 5, 3));
    Kept free = Kept.of(one);
    double norm = free.episodes.getFirst().gradientNorm();
    assertThat(distance(start, free.weights())).isCloseTo(0.001 * norm, within(1e-5 * norm));
    Kept clipped = Kept.of(one.withOuter(sgd.outer().withClip(norm / 4)));
    assertThat(distance(start, clipped.weights())).isCloseTo(0.001 * norm / 4, within(1e-5 * norm));
    assertThat(clipped.episodes.getFirst().gradientNorm()).isEqualTo(norm); // before clipping
  }

  private static double distance(float[] a, float[] b) {
    double squares = 0;
    for (int i = 0; i < a.length; i++) {
      squares += Math.pow(a[i] - b[i], 2);
    }
    return Math.sqrt(squares);
  }

  @Test
  void theRateFadesAlongHalfACosine() throws IOException {
    List<TrainingMetrics> episodes = Kept.of(BASE).episodes; // of two updates each
    for (int e = 0; e < 6; e++) {
      assertThat(episodes.get(e).learningRate())
          .isCloseTo(0.01 * (1 + Math.cos(Math.PI * e / 6)), within(1e-12));
    }
    Outer steady = new Outer(new Outer.HandDesigned(Rule.parse("adam=0.02"), false), 1);
    assertThat(Kept.of(BASE.withOuter(steady)).episodes)
        .extracting(TrainingMetrics::learningRate)
        .containsOnly(0.02);
    assertThat(Kept.of(BASE.withOuter(Outer.of(TEACHER))).episodes)
        .extracting(TrainingMetrics::learningRate)
        .containsOnly(Double.NaN);
  }

  /// Full runs of the frozen optimizer on VALIDATION objectives, scored as the losses count.
  @ParameterizedTest
  @EnumSource
  void validationScoresAsLossesCount(MetaLoss loss) throws IOException {
    MetaTraining training =
        BASE.withEpisodes(BASE.episodes().withLoss(loss))
            .withVariety(Variety.NONE.withMix(List.of(OTHER)));
    Kept kept = Kept.of(training);
    Evaluation evaluation =
        new Evaluation(
            training.varied(), Problem.Split.VALIDATION, 4, 10, Seeds.derive(1, "validation", 0));
    Runs start = evaluation.run(Trainings.NETWORK.with(training.initialWeights()));
    Runs end = evaluation.run(Trainings.NETWORK.with(kept.weights()));
    double arithmetic = end.score();
    double geometric = end.geometricScore(Span.END);
    assertThat(arithmetic).isNotCloseTo(geometric, within(1e-3 * geometric));
    boolean sums = loss == MetaLoss.LOSSES;
    assertThat(kept.validations.getFirst().validationLoss())
        .isEqualTo(sums ? start.score() : start.geometricScore(Span.END));
    assertThat(kept.validations.getLast().validationLoss())
        .isEqualTo(sums ? arithmetic : geometric);
    assertThat(kept.checkpoints.getLast().startLoss())
        .isEqualTo(kept.validations.getFirst().validationLoss());
  }

  /// Five episodes, validated after 3 and at the end.
  @Test
  void theMetaLossIsTheMeanSinceTheLastValidation() throws IOException {
    Kept kept = Kept.of(BASE.withEpisodes(5).withValidation(BASE.validation().withEvery(3)));
    List<Double> losses = kept.episodes.stream().map(TrainingMetrics::metaLoss).toList();
    assertThat(kept.validations).extracting(TrainingMetrics::episode).containsExactly(0L, 3L, 5L);
    assertThat(kept.validations.get(0).metaLoss()).isNaN();
    assertThat(kept.validations.get(1).metaLoss())
        .isCloseTo((losses.get(0) + losses.get(1) + losses.get(2)) / 3, within(1e-12));
    assertThat(kept.validations.get(2).metaLoss())
        .isCloseTo((losses.get(3) + losses.get(4)) / 2, within(1e-12));
  }

  @Test
  void theBestIsKept() throws IOException {
    Kept kept = Kept.of(BASE.withLearningRate(3)); // jumps about
    double best = kept.checkpoints.getFirst().startLoss();
    float[] weights = BASE.initialWeights();
    for (int v = 0; v < kept.checkpoints.size(); v++) {
      double loss = kept.validations.get(v + 1).validationLoss();
      if (loss < best) {
        best = loss;
        weights = kept.checkpoints.get(v).progress().weights();
      }
      assertThat(kept.checkpoints.get(v).best().loss()).isEqualTo(best);
      assertThat(kept.checkpoints.get(v).best().weights()).containsExactly(weights);
    }
  }

  @Test
  void blocksThatAreNotTrainedStayAsTheyStart() throws IOException {
    float[] start = BASE.initialWeights();
    float[] weights = Kept.of(BASE.withTrained(new BlockFilter("^output/"))).weights();
    for (Slice slice : Trainings.NETWORK.layout().slices()) {
      boolean trained = slice.block().name().startsWith("output/");
      if (trained) {
        assertThat(slice.of(weights)).isNotEqualTo(slice.of(start));
      } else {
        assertThat(slice.of(weights)).containsExactly(slice.of(start));
      }
    }
  }

  @Test
  void aTrainingStartsWhereItIsToldTo() throws IOException {
    MetaTraining started = BASE.withStart(new Start.From("mine", TEACHER));
    assertThat(started.initialWeights()).containsExactly(TEACHER.weights());
    double loss = Kept.of(started).validations.getFirst().validationLoss();
    assertThat(loss).isNotEqualTo(Kept.of(BASE).validations.getFirst().validationLoss());
  }

  /// A correction cannot be differentiated exactly: an estimator that can takes over.
  @Test
  void anEstimatorThatDoesNotFitTheFamilyGivesWay() {
    Architecture<?> corrected = new Corrected(Trainings.NETWORK, Rule.parse("sgd=0.1"));
    MetaTraining exact = BASE.withEstimator(new ExactBptt(5));
    assertThat(exact.withFamily(corrected).estimator()).isEqualTo(new TruncatedBptt(5));
    assertThat(exact.withFamily(Lstm.forNetworks()).estimator()).isEqualTo(new ExactBptt(5));
    assertThatThrownBy(() -> exact.withFamily(corrected).withEstimator(new ExactBptt(5)).run())
        .hasMessageContaining("second derivatives through this optimizer are not exact");
  }

  @Test
  void partsThatDoNotGoTogetherAreRefusedBeforeAnythingRuns() {
    assertThatThrownBy(() -> BASE.withEstimator(new TruncatedBptt(4)).run())
        .hasMessage("steps must be a multiple of unroll, got 10 and 4");
    assertThatThrownBy(() -> BASE.withTrained(new BlockFilter("nothing")).run())
        .hasMessageContaining("no block matches 'nothing'");
    assertThatThrownBy(() -> BASE.withOuter(Outer.of(TEACHER)).withLearningRate(1))
        .hasMessageContaining("has no learning rate");
    assertThatThrownBy(() -> Outer.adam(0.1).withClip(0)).hasMessage("clip must be > 0, got 0.0");
    TrainedOptimizer linear =
        new TrainedOptimizer(
            new Lstm(0, 1, new Preprocessing.Identity(), 1), new float[2], JsonObject.empty());
    assertThatThrownBy(() -> BASE.withStart(new Start.From("linear", linear)).run())
        .hasMessageContaining("cannot start from an optimizer of another architecture");
  }
}
