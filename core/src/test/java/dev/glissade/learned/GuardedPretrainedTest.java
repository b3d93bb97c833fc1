package dev.glissade.learned;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glissade.Descent;
import dev.glissade.LearningCurve;
import dev.glissade.Objective;
import dev.glissade.Optimizer;
import dev.glissade.Problem;
import dev.glissade.Problem.Split;
import dev.glissade.Seeds;
import dev.glissade.evaluation.Evaluation;
import dev.glissade.evaluation.Runs;
import dev.glissade.evaluation.Statistics;
import dev.glissade.optimizer.Adam;
import dev.glissade.optimizer.Guarded;
import dev.glissade.problem.ProblemCatalog;
import dev.glissade.problem.Problems;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// A guard leaves alone what knows the problem, and bounds what the others do.
class GuardedPretrainedTest {

  private static Evaluation evaluation(String problem, int instances, int steps) {
    Problem parsed = new ProblemCatalog(Problems.core()).parse(problem);
    return new Evaluation(parsed, Split.VALIDATION, instances, steps, 7);
  }

  private static double end(Runs runs) {
    return Statistics.mean(runs.finalLosses());
  }

  @Test
  void whatIsAtHomeIsLeftAlone() {
    Evaluation home = evaluation("quadratic", 32, 100);
    for (Pretrained pretrained : new Pretrained[] {Pretrained.QUADRATIC, Pretrained.SMOOTH}) {
      Optimizer<?> alone = pretrained.load().optimizer();
      Runs watched = home.run(new Guarded<>(alone, new Adam(0.37)));
      assertThat(end(watched)).isLessThanOrEqualTo(1.02 * end(home.run(alone)));
    }
  }

  /// What is rare at home, and was taken for a failure: one step leads far and the next one back,
  /// or steps are short and gain what they can.
  @ParameterizedTest
  @CsvSource({
    "SMOOTH, 8, 242", "SMOOTH, 8, 3165", "GENERAL, 8, 242", "GENERAL, 8, 854", "GENERAL, 8, 944",
    "GENERAL, 8, 1276", "GENERAL, 8, 2833", "GENERAL, 8, 3662", "GENERAL, 7, 222",
        "GENERAL, 7, 3603"
  })
  void oddStepsAtHomeAreNoFailure(Pretrained pretrained, long seed, long instance) {
    LearningCurve curve = run("quadratic", instance, seed, pretrained, new Adam(0.422));
    assertThat(curve.interventions()).isZero();
    assertThat(curve.last()).isLessThan(1e-8);
  }

  @Test
  void aLeapThatTwoStepsTakeBackIsNoFailure() {
    LearningCurve curve = run("quadratic-uniform", 57, 21, Pretrained.SMOOTH, new Adam(0.205));
    assertThat(curve.interventions()).isZero();
    assertThat(curve.last()).isLessThan(1e-5);
  }

  private static LearningCurve run(
      String problem, long instance, long seed, Pretrained pretrained, Adam adam) {
    Objective objective =
        new ProblemCatalog(Problems.core())
            .parse(problem)
            .sample(Split.VALIDATION, Seeds.derive(seed, "instance", instance));
    Optimizer<?> watched = new Guarded<>(pretrained.load().optimizer(), adam);
    return Descent.start(objective, watched).run(100);
  }

  /// At a minimum with kinks gradients do not vanish: a run that has ended is not one that fails.
  @Test
  void whatHasComeToRestAtKinksIsLeftAlone() {
    Evaluation kinks = evaluation("lasso:dim=10,rows=5,variant=openl2o", 16, 400);
    Optimizer<?> alone = Pretrained.SMOOTH.load().optimizer();
    Runs watched = kinks.run(new Guarded<>(alone, new Adam(0.087)));
    assertThat(end(watched)).isLessThanOrEqualTo(1.03 * end(kinks.run(alone)));
  }

  @Test
  void shortStepsAreNoticedBeforeTheyCostMuch() {
    Evaluation valley = evaluation("rosenbrock", 16, 200);
    Adam adam = new Adam(0.65);
    for (Pretrained pretrained : new Pretrained[] {Pretrained.MNIST_ROBUST, Pretrained.DIGITS}) {
      Runs watched = valley.run(new Guarded<>(pretrained.load().optimizer(), adam));
      assertThat(end(watched)).isLessThanOrEqualTo(1.15 * end(valley.run(adam)));
    }
  }

  /// Adam at a third of the rate: it makes progress, only less than the fallback would.
  @Test
  void whatIsTooSlowIsNoticed() {
    Architecture<?> untrained = Pretrained.DIGITS.load().architecture();
    Optimizer<?> slow = untrained.with(untrained.initialWeights(1));
    Evaluation large = evaluation("quadratic:dim=50", 16, 100);
    double bound = 1.15 * end(large.run(new Adam(0.154)));
    assertThat(end(large.run(slow))).isGreaterThan(bound);
    assertThat(end(large.run(new Guarded<>(slow, new Adam(0.154))))).isLessThanOrEqualTo(bound);
  }

  /// It is half as fast as the fallback, and its steps are hardly short.
  @Test
  void whatIsSomewhatTooSlowIsNoticed() {
    Optimizer<?> slow = Pretrained.MNIST_LAYERS.load().optimizer();
    Evaluation large = evaluation("quadratic:dim=50", 64, 100);
    double bound = end(large.run(new Adam(0.154)));
    assertThat(end(large.run(slow))).isGreaterThan(1.4 * bound);
    assertThat(end(large.run(new Guarded<>(slow, new Adam(0.154))))).isLessThan(1.05 * bound);
  }

  @ParameterizedTest
  @EnumSource(names = {"QUADRATIC", "QUADRATIC_UNIFORM", "MNIST", "MNIST_ROBUST", "DIGITS"})
  void noDamagedOptimizerEndsFarAboveTheFallback(Pretrained pretrained) {
    TrainedOptimizer trained = pretrained.load();
    Evaluation functions = evaluation("quadratic:dim=20", 8, 100);
    double bound = 1.15 * end(functions.run(new Adam(0.32)));
    for (int k = 0; k < 4; k++) {
      float[] weights = trained.weights();
      shuffle(weights, Seeds.stream(1, "damage", k));
      Optimizer<?> damaged = trained.architecture().with(weights);
      Runs watched = functions.run(new Guarded<>(damaged, new Adam(0.32)));
      assertThat(end(watched)).isLessThanOrEqualTo(bound);
      assertThat(watched.diverged()).isZero();
    }
  }

  private static void shuffle(float[] weights, RandomGenerator random) {
    for (int i = weights.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      float weight = weights[i];
      weights[i] = weights[j];
      weights[j] = weight;
    }
  }
}
