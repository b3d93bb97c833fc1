package dev.glissade.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.glissade.Descent;
import dev.glissade.FiniteDifferences;
import dev.glissade.HeldOut;
import dev.glissade.Objective;
import dev.glissade.ParameterLayout;
import dev.glissade.Problem;
import dev.glissade.Problem.Split;
import dev.glissade.Workers;
import dev.glissade.evaluation.Evaluation;
import dev.glissade.evaluation.Runs;
import dev.glissade.learned.Architecture;
import dev.glissade.learned.ArchitectureNotation;
import dev.glissade.meta.Curriculum;
import dev.glissade.meta.Episodes;
import dev.glissade.meta.EvolutionStrategies;
import dev.glissade.meta.GradientEstimator;
import dev.glissade.meta.MetaLoss;
import dev.glissade.meta.PersistentEvolutionStrategies;
import dev.glissade.meta.TruncatedBptt;
import dev.glissade.optimizer.Adam;
import dev.glissade.problem.Objectives;
import dev.glissade.problem.ProblemCatalog;
import dev.glissade.problem.Problems;
import dev.glissade.problem.RandomProblem;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// A training is an objective like any other: pure in its draws, apart from those of other splits,
/// with a gradient that is that of its loss.
class TrainingProblemTest {

  private static final Architecture<?> RULE =
      ArchitectureNotation.parse("corrected(sgd=0.05, lstm(0, 1))");

  private static final Problem PARABOLAS = Trainings.PARABOLAS;

  private static final ProblemCatalog CATALOG =
      new ProblemCatalog(
          List.of(TrainingProblems.factory(new ProblemCatalog(Problems.core())::parse)));

  private static Problem trainings(Problem of, GradientEstimator estimator, MetaLoss loss) {
    return new TrainingProblem(
        "t", of, RULE, estimator, new Episodes(1, Curriculum.constant(6), 3, loss));
  }

  static Stream<GradientEstimator> estimators() {
    return Stream.of(
        new EvolutionStrategies(6, 0.1),
        new EvolutionStrategies(3, 0.1),
        new PersistentEvolutionStrategies(2, 0.1),
        new TruncatedBptt(2));
  }

  /// A point of a training, with the gradient before the loss.
  private static double[] at(Objective training, long draw) {
    float[] weights = {0.2f, -0.1f, 0, 0.1f, 0, 0, 0, 0.3f, 0.05f, -0.2f};
    float[] gradient = new float[weights.length];
    double loss = training.evaluate(weights, draw, gradient);
    double[] all = new double[gradient.length + 1];
    for (int i = 0; i < gradient.length; i++) {
      all[i] = gradient[i];
    }
    all[gradient.length] = loss;
    return all;
  }

  /// Also in the middle of what is an episode for a meta-objective, and after other draws.
  @ParameterizedTest
  @MethodSource("estimators")
  void aDrawDependsOnNothingBeforeIt(GradientEstimator estimator) {
    Problem trainings = trainings(PARABOLAS, estimator, MetaLoss.LOGARITHMS);
    Objective one = trainings.sample(Split.TRAIN, 4);
    double[] seven = at(one, 7);
    at(one, 0);
    at(one, 8);
    assertThat(at(one, 7)).containsExactly(seven);
    assertThat(at(trainings.sample(Split.TRAIN, 4), 7)).containsExactly(seven);
    assertThat(at(one, 8)).isNotEqualTo(seven);
    assertThat(at(trainings.sample(Split.TRAIN, 5), 7)).isNotEqualTo(seven);
  }

  @ParameterizedTest
  @MethodSource("estimators")
  void oneThreadAndTwoGiveTheSameBits(GradientEstimator estimator) {
    Problem trainings = trainings(PARABOLAS, estimator, MetaLoss.LOGARITHMS);
    Evaluation evaluation = new Evaluation(trainings, Split.TEST, 3, 4, 1);
    Runs alone = Workers.with(1, () -> evaluation.run(new Adam(0.1)));
    Runs shared = Workers.with(2, () -> evaluation.run(new Adam(0.1)));
    assertThat(shared.finalLosses()).containsExactly(alone.finalLosses());
    assertThat(shared.heldOut()).isEqualTo(alone.heldOut());
    Objective one = trainings.sample(Split.TEST, 1);
    assertThat(Workers.with(2, () -> at(one, 3)))
        .containsExactly(Workers.with(1, () -> at(one, 3)));
  }

  /// A problem that keeps what was drawn from it.
  private record Drawn(Set<String> draws) implements Problem {
    @Override
    public String name() {
      return "drawn";
    }

    @Override
    public Objective sample(Split split, long seed) {
      draws.add(split + " " + seed);
      return PARABOLAS.sample(split, seed);
    }

    @Override
    public ParameterLayout layout() {
      return PARABOLAS.layout();
    }
  }

  private static Set<String> drawnBy(Split split, boolean heldOut) {
    Set<String> draws = ConcurrentHashMap.newKeySet();
    Problem trainings =
        trainings(new Drawn(draws), new EvolutionStrategies(6, 0.1), MetaLoss.LOSSES);
    HeldOut one = (HeldOut) trainings.sample(split, 1);
    if (heldOut) {
      one.heldOutLoss(new float[10]);
    } else {
      at(one, 0);
      at(one, 1);
    }
    return new HashSet<>(draws);
  }

  /// They are told apart by their seeds: all are of the inner problem's TRAIN.
  @Test
  void splitsShareNoTraining() {
    Set<String> all = new HashSet<>();
    for (Split split : Split.values()) {
      Set<String> draws = drawnBy(split, false);
      assertThat(draws).hasSize(6).allMatch(draw -> draw.startsWith("TRAIN "));
      all.addAll(draws);
    }
    assertThat(all).hasSize(18);
  }

  @Test
  void whatIsHeldOutIsSeenByNoTraining() {
    assertThat(drawnBy(Split.TRAIN, true)).allMatch(draw -> draw.startsWith("VALIDATION "));
    assertThat(drawnBy(Split.VALIDATION, true)).allMatch(draw -> draw.startsWith("VALIDATION "));
    assertThat(drawnBy(Split.TEST, true)).hasSize(64).allMatch(draw -> draw.startsWith("TEST "));
  }

  /// Slopes that nothing changes: second derivatives are 0, so that what truncated back-propagation
  /// leaves out is 0, too, where an unroll is an episode.
  private static final Problem SLOPES =
      RandomProblem.of(
          "slopes",
          random -> {
            float slope = random.nextFloat(1, 2);
            return Objectives.of(
                new float[] {0, 1},
                (x, gradient) -> {
                  gradient[0] = slope;
                  gradient[1] = -slope / 2;
                  return 9 + slope * x[0] - slope / 2 * x[1];
                });
          });

  @ParameterizedTest
  @EnumSource
  void theGradientIsThatOfTheLoss(MetaLoss loss) {
    Objective training = trainings(SLOPES, new TruncatedBptt(6), loss).sample(Split.TRAIN, 3);
    double[] exact = at(training, 5);
    float[] weights = {0.2f, -0.1f, 0, 0.1f, 0, 0, 0, 0.3f, 0.05f, -0.2f};
    for (int i = 0; i < weights.length; i++) {
      double partial =
          FiniteDifferences.partial(
              moved -> training.evaluate(moved, 5, new float[moved.length]), weights, i);
      assertThat(exact[i])
          .as("weight " + i)
          .isCloseTo(partial, within(2e-3 * Math.abs(partial) + 1e-6));
    }
    assertThat(exact[0]).isNotZero();
  }

  /// By hand: three runs of six steps each with the member of the family.
  @ParameterizedTest
  @EnumSource
  void theLossIsAMeanOverStepsAndObjectives(MetaLoss loss) {
    Set<String> draws = ConcurrentHashMap.newKeySet();
    Objective training =
        trainings(new Drawn(draws), new TruncatedBptt(3), loss).sample(Split.TRAIN, 3);
    float[] weights = new float[10];
    double found = training.evaluate(weights, 2, new float[10]);
    double sum = 0;
    for (String draw : draws) {
      long seed = Long.parseLong(draw.substring("TRAIN ".length()));
      Descent descent = Descent.start(PARABOLAS.sample(Split.TRAIN, seed), RULE.with(weights));
      for (int t = 0; t < 6; t++) {
        descent.advance();
        sum += loss == MetaLoss.LOSSES ? descent.loss() : Math.log(descent.loss());
      }
    }
    double mean = sum / 18;
    assertThat(found)
        .isCloseTo(loss == MetaLoss.LOSSES ? mean : Math.exp(mean), within(1e-5 * found));
  }

  @Test
  void weightsThatAreNotFiniteHaveNoLoss() {
    HeldOut training =
        (HeldOut)
            trainings(PARABOLAS, new EvolutionStrategies(6, 0.1), MetaLoss.LOSSES)
                .sample(Split.TEST, 1);
    float[] weights = new float[10];
    weights[3] = Float.NaN;
    assertThat(training.evaluate(weights, 0, new float[10])).isNaN();
    assertThat(training.heldOutLoss(weights)).isInfinite();
  }

  @Test
  void aTrainingEndsWithAScoreOnWhatItDidNotSee() {
    Problem trainings = trainings(PARABOLAS, new EvolutionStrategies(6, 0.1), MetaLoss.LOGARITHMS);
    Runs trained = new Evaluation(trainings, Split.TEST, 2, 30, 1).run(new Adam(0.1));
    Runs barely = new Evaluation(trainings, Split.TEST, 2, 1, 1).run(new Adam(0.1));
    for (int i = 0; i < 2; i++) {
      assertThat(trained.heldOut().get(i)).isPositive().isLessThan(0.8 * barely.heldOut().get(i));
    }
    Runs plain = new Evaluation(PARABOLAS, Split.TEST, 2, 3, 1).run(new Adam(0.1));
    assertThat(plain.heldOut()).containsOnly(Double.NaN);
  }

  @Test
  void namesSayWhatIsNotUsual() {
    assertThat(CATALOG.parse("training").name()).isEqualTo("training");
    assertThat(CATALOG.parse("training:of=quadratic-uniform,by=evolution").name())
        .isEqualTo("training");
    String name =
        "training:of=(quadratic:dim=3,start=1),family=corrected(adam=0.1,beta2=0.9, lstm(1, 8)),"
            + "by=pes,batch=2,unroll=5";
    Problem problem = CATALOG.parse(name);
    assertThat(problem.name()).isEqualTo(name);
    assertThat(problem.layout())
        .isEqualTo(ArchitectureNotation.parse("corrected(adam=0.1, lstm(1, 8))").layout());
    assertThat(problem.steps()).isEqualTo(60);
    assertThat(CATALOG.parse("training:of=quadratic:dim=3").name())
        .isEqualTo("training:of=quadratic:dim=3");
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() {
    assertThatThrownBy(() -> CATALOG.parse("training:of=nothing"))
        .hasMessageContaining("unknown problem 'nothing'");
    assertThatThrownBy(() -> CATALOG.parse("training:family=corrected(adm=1)"))
        .hasMessageContaining("unknown optimizer 'adm'");
    assertThatThrownBy(() -> CATALOG.parse("training:by=bptt,unroll=7"))
        .hasMessage("steps must be a multiple of unroll, got 100 and 7");
    assertThatThrownBy(() -> CATALOG.parse("training:by=exact-bptt"))
        .hasMessageContaining("not exact");
    assertThatThrownBy(() -> CATALOG.parse("training:family=lstm(1"))
        .hasMessageContaining("each '(' needs a ')'");
  }
}
