package dev.glissade.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.glissade.BlockFilter;
import dev.glissade.Descent;
import dev.glissade.FiniteDifferences;
import dev.glissade.LearnedOptimizer;
import dev.glissade.Objective;
import dev.glissade.OptimizerState;
import dev.glissade.TestProblems;
import dev.glissade.learned.Architecture;
import dev.glissade.learned.Corrected;
import dev.glissade.learned.Lstm;
import dev.glissade.learned.Preprocessing;
import dev.glissade.learned.Pretrained;
import dev.glissade.meta.GradientEstimator.Assignment;
import dev.glissade.meta.GradientEstimator.Estimate;
import dev.glissade.meta.GradientEstimator.Worker;
import dev.glissade.optimizer.Rule;
import dev.glissade.training.MetaTraining;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Episodes of imitation learn a rule's updates, on the rule's own way; all others are those of
/// back-propagation.
class ImitationTest {

  private static final int UNROLL = 5;
  private static final TruncatedBptt BPTT = new TruncatedBptt(UNROLL);
  private static final Imitated TEACHER = Imitated.parse("momentum=0.05");
  private static final Lstm NETWORK = new Lstm(1, 4, new Preprocessing.Identity(), 0.5);

  private static final List<Objective> OBJECTIVES =
      List.of(TestProblems.parabola(1.5, 3), TestProblems.parabola(0.5, 3));

  private static Worker start(GradientEstimator estimator, float[] weights) {
    return start(NETWORK, estimator, weights);
  }

  private static Worker start(
      LearnedOptimizer<?> family, GradientEstimator estimator, float[] weights) {
    return new Assignment(family, BlockFilter.ALL, estimator, MetaLoss.LOSSES, 0.5)
        .start(OBJECTIVES, weights);
  }

  private static Imitation imitation(double share) {
    return new Imitation(BPTT, TEACHER, share);
  }

  /// Networks alone, and one that sees the time and corrects a rule which does not fade.
  static Stream<Arguments> pupilsAndTeachers() {
    Lstm timed = new Lstm(1, 4, new Preprocessing.Timed(new Preprocessing.Identity()), 0.5);
    Imitated fading = Imitated.parse("momentum+cosine=0.05,steps=20");
    Architecture<?> corrected = new Corrected(timed, Rule.parse("momentum=0.05"));
    return Stream.of(
        Arguments.of(NETWORK, TEACHER),
        Arguments.of(NETWORK, new Imitated.Learned(Pretrained.QUADRATIC_UNIFORM)),
        Arguments.of(corrected, fading));
  }

  /// Of the second unroll, so that it is seen that state and teacher go on.
  @ParameterizedTest
  @MethodSource("pupilsAndTeachers")
  void theGradientIsThatOfTheDistanceOfUpdates(Architecture<?> pupil, Imitated teacher) {
    float[] weights = new float[pupil.layout().size()];
    RandomGenerator random = new Random(3);
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) (0.3 * random.nextGaussian());
    }
    Worker worker = start(pupil, new Imitation(BPTT, teacher, 1), weights);
    double first = worker.advance(weights, 1).loss();
    Estimate second = worker.advance(weights, 2);
    float[] before = weights.clone();
    assertThat(first)
        .isCloseTo(distance(pupil, teacher, before, weights, 0), withinPercentage(0.1));
    assertThat(second.loss())
        .isCloseTo(distance(pupil, teacher, before, weights, 1), withinPercentage(0.1));
    for (int i = 0; i < weights.length; i++) {
      double expected =
          FiniteDifferences.partial(
              moved -> distance(pupil, teacher, before, moved, 1), weights, i, 0.02);
      assertThat((double) second.gradient()[i])
          .as("φ[%d]", i)
          .isCloseTo(expected, within(2e-3 * Math.max(1, second.loss())));
    }
  }

  /// Σₜ ½·‖uₜ − aₜ‖²/‖aₜ‖² of one unroll, whose unrolls before were made with other weights.
  private static <S extends OptimizerState> double distance(
      LearnedOptimizer<S> family, Imitated whose, float[] before, float[] weights, int unroll) {
    Descent teacher = Descent.start(new Batch(OBJECTIVES), whose.optimizer());
    S state = family.with(before).start(new Batch(OBJECTIVES).layout());
    float[] update = new float[teacher.parameters().length];
    double sum = 0;
    for (int t = 0; t < (unroll + 1) * UNROLL; t++) {
      boolean counts = t >= unroll * UNROLL;
      family.with(counts ? weights : before).update(teacher, state, update);
      float[] from = teacher.parameters().clone();
      teacher.advance();
      double error = 0;
      double square = 0;
      for (int n = 0; n < update.length; n++) {
        double wanted = (double) teacher.parameters()[n] - from[n];
        error += (update[n] - wanted) * (update[n] - wanted);
        square += wanted * wanted;
      }
      sum += counts ? error / (2 * square) : 0; // two objectives at a scale of ½
    }
    return sum;
  }

  @Test
  void someCoordinatesGiveTheGradientOfAllInTheMean() {
    float[] weights = NETWORK.initialWeights(3);
    float[] all = start(imitation(1), weights).advance(weights, 1).gradient();
    Imitation half = new Imitation(new TruncatedBptt(UNROLL, 0.5), TEACHER, 1);
    double[] mean = new double[weights.length];
    int draws = 600;
    for (int seed = 0; seed < draws; seed++) {
      float[] some = start(half, weights).advance(weights, seed).gradient();
      for (int i = 0; i < mean.length; i++) {
        mean[i] += some[i] / (double) draws;
      }
    }
    for (int i = 0; i < mean.length; i++) {
      assertThat(mean[i]).isCloseTo(all[i], within(0.05 * (0.1 + Math.abs(all[i]))));
    }
  }

  @Test
  void withoutAShareItIsBackPropagation() {
    float[] weights = NETWORK.initialWeights(3);
    Estimate own = start(imitation(0), weights).advance(weights, 7);
    Estimate plain = start(BPTT, weights).advance(weights, 7);
    assertThat(own.gradient()).containsExactly(plain.gradient());
    assertThat(own.loss()).isEqualTo(plain.loss());
  }

  /// The second unroll goes on with what the first decided, whatever its own seed would.
  @Test
  void anEpisodeIsOneOrTheOtherToItsEnd() {
    float[] weights = NETWORK.initialWeights(3);
    int imitating = 0;
    for (long seed = 0; seed < 200; seed++) {
      Worker worker = start(imitation(0.3), weights);
      Worker apprentice = start(imitation(1), weights);
      Worker descending = start(BPTT, weights);
      double loss = worker.advance(weights, seed).loss();
      boolean imitates = loss == apprentice.advance(weights, seed).loss();
      assertThat(imitates).isNotEqualTo(loss == descending.advance(weights, seed).loss());
      assertThat(worker.advance(weights, seed + 1).loss())
          .isEqualTo((imitates ? apprentice : descending).advance(weights, seed + 1).loss());
      imitating += imitates ? 1 : 0;
    }
    assertThat(imitating).isBetween(42, 80);
  }

  @Test
  void trainedByNothingElseItMakesTheRulesUpdates() {
    MetaTraining training =
        MetaTraining.of(TestProblems.always("bowl", TestProblems.parabola(1, 2)))
            .withFamily(new Lstm(1, 8, new Preprocessing.Identity(), 0.1))
            .withSteps(20)
            .withEstimator(new Imitation(new TruncatedBptt(20), Imitated.parse("sgd=0.1"), 1));
    float[] weights =
        training.withEpisodes(training.episodes().withCount(400).withBatch(1)).run().weights();
    float[] start = training.family().initialWeights(1);
    assertThat(loss(training, weights)).isLessThan(0.2 * loss(training, start));
  }

  private static double loss(MetaTraining training, float[] weights) {
    MetaObjective objective =
        new MetaObjective(
            training.problem(),
            training.family(),
            training.estimator(),
            training.episodes(),
            training.seed());
    return objective.evaluate(weights, 0, new float[weights.length]);
  }

  @Test
  void aShareIsAPart() {
    for (double share : new double[] {-0.1, 1.1, Double.NaN}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> imitation(share))
          .withMessage("share must be from 0 to 1, got " + share);
    }
  }
}
