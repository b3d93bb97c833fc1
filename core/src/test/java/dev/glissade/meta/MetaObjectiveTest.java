package dev.glissade.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.glissade.BlockFilter;
import dev.glissade.Coupling;
import dev.glissade.LearnedOptimizer;
import dev.glissade.Objective;
import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.Problem;
import dev.glissade.Seeds;
import dev.glissade.TestProblems;
import dev.glissade.cluster.Cluster;
import dev.glissade.cluster.Job;
import dev.glissade.internal.Vectors;
import dev.glissade.learned.Lstm;
import dev.glissade.learned.Preprocessing;
import dev.glissade.meta.GradientEstimator.Assignment;
import dev.glissade.meta.GradientEstimator.Estimate;
import dev.glissade.meta.UnrollJob.Standing;
import dev.glissade.optimizer.Sgd;
import dev.glissade.problem.RandomProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The meta-loss is a mean over objectives, however they are shared out, unroll by unroll.
class MetaObjectiveTest {

  private static final Lstm LEARNED = new Lstm(2, 8, new Preprocessing.Identity(), 0.1);
  private static final float[] WEIGHTS = LEARNED.initialWeights(1);

  private static final Problem PARABOLAS =
      RandomProblem.of("parabolas", random -> TestProblems.parabola(random.nextDouble(0.5, 2), 1));

  private static MetaObjective objective(Problem problem, int batch) {
    return new MetaObjective(problem, LEARNED, new TruncatedBptt(5), new Episodes(9, 10, batch), 1);
  }

  private static float[] gradient(MetaObjective objective, long draw) {
    float[] gradient = new float[WEIGHTS.length];
    objective.evaluate(WEIGHTS, draw, gradient);
    return gradient;
  }

  @Test
  void anEpisodeGoesOnUnrollByUnroll() {
    MetaObjective objective = objective(PARABOLAS, 3);
    float[] first = gradient(objective, 2);
    float[] second = gradient(objective, 3);
    assertThat(second).isNotEqualTo(first);
    assertThat(gradient(objective(PARABOLAS, 3), 2)).containsExactly(first);
    assertThat(gradient(objective, 4)).isNotEqualTo(first); // other objectives
    assertThat(gradient(objective, 2)).containsExactly(first); // a start may come any time
    assertThat(gradient(objective, 3)).containsExactly(second);
  }

  /// The state that it would go on from is not there.
  @Test
  void aDrawInMidEpisodeFollowsTheOneBefore() {
    MetaObjective objective = objective(PARABOLAS, 3);
    assertThatThrownBy(() -> gradient(objective, 3))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("draw 3 is in mid-episode: expected 0 or the start of an episode");
    gradient(objective, 0);
    assertThatThrownBy(() -> gradient(objective, 5)).hasMessageContaining("expected 1");
    gradient(objective, 1);
    assertThatThrownBy(() -> gradient(objective, 1)).hasMessageContaining("expected 2");
  }

  /// Every objective blows up at its first step: 1 + T evaluations of each.
  @Test
  void countsWhatWasNotFiniteInAllEpisodes() {
    Problem broken = TestProblems.always("broken", TestProblems.parabola(1, Float.NaN));
    MetaObjective objective = objective(broken, 3);
    gradient(objective, 0);
    long once = objective.nonFiniteCount();
    assertThat(once).isEqualTo(3 * (1 + 5));
    gradient(objective, 2); // another episode
    assertThat(objective.nonFiniteCount()).isEqualTo(2 * once);
  }

  @ParameterizedTest
  @EnumSource
  void isTheMeanOverTheObjectives(MetaLoss loss) {
    int batch = 7;
    var together =
        new MetaObjective(
            PARABOLAS, LEARNED, new TruncatedBptt(5), new Episodes(9, 5, batch).withLoss(loss), 1);
    float[] gradient = new float[WEIGHTS.length];
    double mean = together.evaluate(WEIGHTS, 0, gradient);
    float[] sum = new float[WEIGHTS.length];
    double expected = 0;
    long episode = Seeds.derive(1, "episode", 0);
    for (int b = 0; b < batch; b++) {
      Objective objective =
          PARABOLAS.sample(Problem.Split.TRAIN, Seeds.derive(episode, "batch", b));
      Estimate alone =
          new Assignment(LEARNED, BlockFilter.ALL, new TruncatedBptt(5), loss, 1.0 / batch)
              .start(List.of(objective), WEIGHTS)
              .advance(WEIGHTS, 0);
      expected += alone.loss();
      for (int i = 0; i < sum.length; i++) {
        sum[i] += alone.gradient()[i];
      }
    }
    assertThat(mean).isCloseTo(expected, within(1e-9));
    assertThat(gradient).containsExactly(sum, within(1e-6f));
  }

  /// A cluster of one thread at which somebody looks before each job.
  private record Visited(Consumer<UnrollJob> visitor) implements Cluster {
    @Override
    public <R> List<R> runAll(Job<R> job, int count, Runnable done) {
      visitor.accept((UnrollJob) job);
      return IntStream.range(0, count).mapToObj(job::run).toList();
    }
  }

  /// Twelve unrolls of shards whose workers are where `visitor` leaves them.
  private static List<float[]> gradients(GradientEstimator estimator, Consumer<UnrollJob> visitor) {
    MetaObjective objective =
        new MetaObjective(
            PARABOLAS,
            LEARNED,
            estimator,
            new Episodes(9, 20, 5).withLoss(MetaLoss.LOGARITHMS), // a shard each
            1);
    List<float[]> gradients = new ArrayList<>();
    float[] weights = WEIGHTS.clone();
    for (int draw = 0; draw < 12; draw++) {
      long k = draw;
      float[] gradient = new float[WEIGHTS.length];
      Cluster.with(new Visited(visitor), () -> objective.evaluate(weights, k, gradient));
      Vectors.add(gradient, weights); // every unroll has another φ
      gradients.add(gradient);
    }
    return gradients;
  }

  /// What a machine takes with it when it dies is made again, bit for bit, whatever the estimator
  /// keeps.
  @Test
  void workersThatAreLostChangeNothing() {
    for (GradientEstimator estimator :
        List.of(new TruncatedBptt(5, 0.5), new PersistentEvolutionStrategies(5, 0.1))) {
      Random random = new Random(1);
      List<float[]> lost =
          gradients(
              estimator,
              job ->
                  IntStream.range(0, 5)
                      .filter(_ -> random.nextBoolean())
                      .forEach(job.workers()::take));
      assertThat(lost).containsExactlyElementsOf(gradients(estimator, _ -> {}));
    }
  }

  /// A task that comes back to a machine finds a worker there that stands too early, and one that
  /// is done a second time finds one that stands too far.
  @Test
  void workersThatStandElsewhereChangeNothing() {
    List<Standing> old = new ArrayList<>();
    List<float[]> stale =
        gradients(
            new TruncatedBptt(5),
            job -> {
              if (job.unrolls().size() == 2) {
                old.add(job.workers().take(3).orElseThrow());
              } else if (job.unrolls().size() == 4) {
                job.workers().put(3, old.removeFirst());
                job.run(1);
              }
            });
    assertThat(stale).containsExactlyElementsOf(gradients(new TruncatedBptt(5), _ -> {}));
  }

  /// How many objectives each shard has.
  private static List<Integer> shards(LearnedOptimizer<?> family, MetaLoss loss, int batch) {
    List<Integer> sizes = new ArrayList<>();
    MetaObjective objective =
        new MetaObjective(
            PARABOLAS,
            family,
            BlockFilter.ALL,
            new EvolutionStrategies(5, 0.1),
            new Episodes(1, 5, batch).withLoss(loss),
            1);
    float[] gradient = new float[family.layout().size()];
    Cluster.with(
        new Visited(job -> job.objectives().forEach(own -> sizes.add(own.length))),
        () -> objective.evaluate(family.initialWeights(1), 0, gradient));
    return sizes;
  }

  /// 700 objectives of one parameter fill two cores. Logarithms of a sum would be no sum of
  /// logarithms, and an optimizer that mixes everything would mix the objectives.
  @Test
  void onlyObjectivesThatDoNotNoticeShareAShard() {
    assertThat(shards(LEARNED, MetaLoss.LOSSES, 700)).containsExactly(350, 350);
    assertThat(shards(LEARNED, MetaLoss.LOSSES, 30)).containsExactly(30);
    assertThat(shards(LEARNED, MetaLoss.LOGARITHMS, 30)).hasSize(30).containsOnly(1);
    assertThat(shards(new Mixing(), MetaLoss.LOSSES, 30)).hasSize(30).containsOnly(1);
  }

  /// A family that says nothing of what its members mix.
  private record Mixing() implements LearnedOptimizer<OptimizerState.Empty> {
    @Override
    public ParameterLayout layout() {
      return ParameterLayout.of("rate", 1);
    }

    @Override
    public float[] initialWeights(long seed) {
      return new float[1];
    }

    @Override
    public Optimizer<OptimizerState.Empty> with(float[] weights) {
      return new Sgd(0.1);
    }
  }

  @Test
  void anUnknownMixIsTakenToMixEverything() {
    assertThat(new Mixing().coupling()).isEqualTo(Coupling.ALL);
  }

  @Test
  void aSubsetOfCoordinatesEstimatesTheSameGradient() {
    List<Objective> objectives =
        IntStream.range(0, 40).mapToObj(i -> PARABOLAS.sample(Problem.Split.TRAIN, i)).toList();
    float[] exact = estimate(new TruncatedBptt(5), objectives, 0);
    double[] mean = new double[exact.length];
    int draws = 400;
    for (int k = 0; k < draws; k++) {
      float[] some = estimate(new TruncatedBptt(5, 0.25), objectives, k);
      for (int i = 0; i < mean.length; i++) {
        mean[i] += some[i] / draws;
      }
    }
    double error = 0;
    double norm = 0;
    for (int i = 0; i < mean.length; i++) {
      error += Math.pow(mean[i] - exact[i], 2);
      norm += Math.pow(exact[i], 2);
    }
    assertThat(Math.sqrt(error / norm)).isLessThan(0.05);
  }

  private static float[] estimate(
      GradientEstimator estimator, List<Objective> objectives, long seed) {
    return new Assignment(LEARNED, BlockFilter.ALL, estimator, MetaLoss.LOSSES, 1)
        .start(objectives, WEIGHTS)
        .advance(WEIGHTS, seed)
        .gradient();
  }
}
