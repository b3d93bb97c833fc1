package dev.glissade.learned;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glissade.Problem;
import dev.glissade.evaluation.Evaluation;
import dev.glissade.evaluation.Span;
import dev.glissade.optimizer.Lbfgs;
import dev.glissade.problem.ProblemCatalog;
import dev.glissade.problem.Problems;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What ships for functions without noise is what its card says.
class PretrainedSmoothTest {

  /// Rates are those that tuning finds. A file of other weights, or a rule that is computed
  /// otherwise than in training, does not get there.
  @ParameterizedTest
  @CsvSource({"quadratic, 1.2, 0.8", "quadratic-uniform, 1.0, 0.7", "quadratic:dim=5, 0.87, 0.7"})
  void comesDownFasterThanTunedLbfgs(String name, double rate, double bound) {
    Problem problem = new ProblemCatalog(Problems.core()).parse(name);
    Evaluation evaluation = new Evaluation(problem, Problem.Split.VALIDATION, 100, 100, 7);
    var own = evaluation.run(Pretrained.SMOOTH.load().optimizer());
    var other = evaluation.run(new Lbfgs(rate));
    assertThat(own.score(Span.RUN)).isLessThan(bound * other.score(Span.RUN));
    for (int step : new int[] {5, 10, 20}) {
      assertThat(own.meanCurve()[step]).as("step %s", step).isLessThan(other.meanCurve()[step]);
    }
    assertThat(own.score()).isLessThan(1e-8);
  }

  /// Its trials are safe where functions are not convex, and lead over waves: the nearest wells are
  /// twice as high as the bounds, or more.
  @ParameterizedTest
  @CsvSource({
    "rosenbrock, 200, 1e-6",
    "rosenbrock:dim=6, 200, 1",
    "rastrigin, 100, 45",
    "rastrigin:dim=20, 100, 60",
    "rastrigin:amplitude=1, 100, 7"
  })
  void arrivesWhereFunctionsAreNotConvex(String name, int steps, double bound) {
    Problem problem = new ProblemCatalog(Problems.core()).parse(name);
    Evaluation evaluation = new Evaluation(problem, Problem.Split.VALIDATION, 64, steps, 7);
    var runs = evaluation.run(Pretrained.SMOOTH.load().optimizer());
    assertThat(runs.diverged()).isZero();
    assertThat(runs.score()).isLessThan(bound);
  }
}
