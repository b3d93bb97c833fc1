package dev.glissade.learned;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glissade.Problem;
import dev.glissade.evaluation.Evaluation;
import dev.glissade.optimizer.Adam;
import dev.glissade.problem.ProblemCatalog;
import dev.glissade.problem.Problems;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What ships for whatever comes is what its card says.
class PretrainedGeneralTest {

  private static final TrainedOptimizer GENERAL = Pretrained.GENERAL.load();

  private static Evaluation evaluation(String name, int steps) {
    Problem problem = new ProblemCatalog(Problems.core()).parse(name);
    return new Evaluation(problem, Problem.Split.VALIDATION, 32, steps, 7);
  }

  @Test
  void isTheOneToTakeWhereNoneIsKnownToBeBetter() {
    assertThat(Pretrained.DEFAULT).isEqualTo(Pretrained.GENERAL);
  }

  /// Adam's rates are those that tuning finds.
  @ParameterizedTest
  @CsvSource({"quadratic:dim=20, 0.32", "quadratic-uniform, 0.21", "rosenbrock, 0.65"})
  void endsFarBelowTunedAdamOnFunctionsWithoutNoise(String name, double rate) {
    var own = evaluation(name, 100).run(GENERAL.optimizer());
    var other = evaluation(name, 100).run(new Adam(rate));
    assertThat(own.diverged()).isZero();
    assertThat(own.score()).isLessThan(0.5 * other.score());
  }

  /// The other of its rules: the gradients of minibatches differ where the point does not.
  @Test
  void descendsOnMinibatches() {
    var runs = evaluation("logistic:batch=10", 200).run(GENERAL.optimizer());
    assertThat(runs.stuck()).isZero();
    assertThat(runs.score()).isLessThan(0.75 * runs.meanCurve()[0]);
  }

  /// What noise is left at a constant rate would stay.
  @Test
  void itsRatesGoOnFallingFor10000Steps() {
    for (LearnedRate rate : GENERAL.rates()) {
      assertThat(rate.after(9999)).as(rate.group()).isLessThan(0.5 * rate.after(999));
    }
  }

  @Test
  void isWhatShipsForFunctionsWithoutNoiseAStepLater() {
    assertThat(GENERAL.architecture()).isInstanceOf(Probing.class);
    float[] smooth = Pretrained.SMOOTH.load().weights();
    float[] own = GENERAL.weights();
    assertThat(Arrays.copyOfRange(own, own.length - smooth.length, own.length))
        .containsExactly(smooth);
  }
}
