package dev.glissade.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.glissade.Descent;
import dev.glissade.FiniteDifferences;
import dev.glissade.Objective;
import dev.glissade.Problem;
import dev.glissade.Problem.Split;
import dev.glissade.Seeds;
import dev.glissade.TwiceDifferentiable;
import dev.glissade.optimizer.Adam;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What every problem promises. A new problem adds its rows to [#rows].
class ProblemContractTest {

  private static final ProblemCatalog CATALOG = new ProblemCatalog(Problems.core());

  /// @param spec the problem
  /// @param scale the length over which its gradient bends, for finite differences
  record Row(String spec, double scale) {}

  static Row[] rows() {
    return new Row[] {
      new Row("quadratic", 1),
      new Row("quadratic:dim=1", 1),
      new Row("quadratic:dim=33,start=1", 1),
      new Row("quadratic-uniform", 1),
      new Row("quadratic-uniform:dim=7", 1),
      new Row("rosenbrock", 1),
      new Row("rosenbrock:dim=7,spread=0.5", 1),
      new Row("rastrigin", 0.05),
      new Row("rastrigin:dim=3,amplitude=2,shift=3", 0.05),
      new Row("rastrigin:dim=3,amplitude=2,variant=openl2o", 0.05),
      new Row("logistic", 0.5),
      new Row("logistic:samples=30,batch=7", 0.5),
      new Row("lasso", 0.05),
      new Row("lasso:dim=5,rows=9,smoothing=0.5", 0.3),
      new Row("lasso:dim=60,rows=20,variant=openl2o", 0.3)
    };
  }

  @Test
  void everyProblemHasARow() {
    assertThat(Arrays.stream(rows()).map(row -> ProblemSpec.parse(row.spec).name()))
        .containsAll(CATALOG.factories().stream().map(ProblemFactory::name).toList());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void gradientIsTheDerivativeOfTheLoss(Row row) {
    Objective objective = objective(row);
    FiniteDifferences.assertGradient(objective, point(row, objective), row.scale / 10, 1e-4);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void hessianTimesIsTheDerivativeOfTheGradient(Row row) {
    var objective = (TwiceDifferentiable) objective(row);
    FiniteDifferences.assertHessian(objective, point(row, objective), row.scale, 1e-3);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void hessianTimesIsLinear(Row row) {
    var objective = (TwiceDifferentiable) objective(row);
    float[] point = point(row, objective);
    int size = point.length;
    float[] vector = RandomVectors.gaussian(Seeds.stream(5, "test", 0), size, 1);
    float[] product = new float[size];
    objective.hessianTimes(point, 3, vector, product);
    double[] sum = new double[size];
    for (int j = 0; j < size; j++) {
      float[] direction = new float[size];
      direction[j] = vector[j];
      float[] column = new float[size];
      objective.hessianTimes(point, 3, direction, column);
      for (int i = 0; i < size; i++) {
        sum[i] += column[i];
      }
    }
    for (int i = 0; i < size; i++) {
      assertThat((double) product[i]).isCloseTo(sum[i], within(1e-5 * (1 + largest(product))));
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void evaluationIsPure(Row row) {
    Objective objective = objective(row);
    float[] point = point(row, objective);
    float[] before = point.clone();
    float[] gradient = new float[point.length];
    Arrays.fill(gradient, Float.NaN); // must be overwritten, not added to
    double loss = objective.evaluate(point, 11, gradient);
    objective.evaluate(new float[point.length], 12, new float[point.length]);

    float[] again = new float[point.length];
    assertThat(objective.evaluate(point, 11, again)).isEqualTo(loss).isFinite();
    assertThat(again).isEqualTo(gradient).doesNotContain(Float.NaN);
    assertThat(point).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void evaluationIsThreadSafe(Row row) {
    Objective objective = objective(row);
    float[] point = point(row, objective);
    double[] expected = new double[400];
    Arrays.setAll(expected, draw -> checksum(objective, point, draw));
    double[] actual =
        IntStream.range(0, expected.length)
            .parallel()
            .mapToDouble(draw -> checksum(objective, point, draw))
            .toArray();
    assertThat(actual).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void initialParametersAreFreshCopies(Row row) {
    Objective objective = objective(row);
    float[] first = objective.initialParameters();
    float[] copy = first.clone();
    first[0] = 1e9f;
    assertThat(objective.initialParameters()).isEqualTo(copy);
    assertThat(copy).hasSize(objective.layout().size());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void sameSeedSameObjective(Row row) {
    Problem problem = CATALOG.parse(row.spec);
    for (Split split : Split.values()) {
      Objective one = problem.sample(split, -7);
      Objective other = CATALOG.parse(row.spec).sample(split, -7);
      float[] point = point(row, one);
      assertThat(one.initialParameters()).isEqualTo(other.initialParameters());
      assertThat(checksum(one, point, 4)).isEqualTo(checksum(other, point, 4));
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void differentSeedsAndSplitsShareNoFunction(Row row) {
    Problem problem = CATALOG.parse(row.spec);
    float[] point = point(row, problem.sample(Split.TRAIN, 0));
    Set<Double> seen = new HashSet<>();
    for (Split split : Split.values()) {
      for (int seed = -20; seed < 20; seed++) {
        assertThat(seen.add(checksum(problem.sample(split, seed), point, 0)))
            .as("%s %d is new", split, seed)
            .isTrue();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void adamGetsLower(Row row) {
    Objective objective =
        CATALOG.parse(row.spec.replaceAll(",?batch=\\d+", "")).sample(Split.TRAIN, 1);
    var curve = Descent.start(objective, new Adam(0.01)).run(300);
    assertThat(curve.last()).isLessThan(curve.loss(0));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void nameIsCanonical(Row row) {
    String name = CATALOG.parse(row.spec).name();
    assertThat(name).isEqualTo(row.spec);
    assertThat(CATALOG.parse(name).name()).isEqualTo(name);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void theProblemKnowsWhatItsObjectivesAreLike(Row row) {
    Problem problem = CATALOG.parse(row.spec);
    for (Split split : Split.values()) {
      Objective objective = problem.sample(split, 3);
      assertThat(problem.layout()).isEqualTo(objective.layout());
      assertThat(problem.isTwiceDifferentiable())
          .isEqualTo(objective instanceof TwiceDifferentiable);
    }
  }

  private static Objective objective(Row row) {
    return CATALOG.parse(row.spec).sample(Split.TRAIN, 42);
  }

  /// A point with no special place: near the start, but not at it.
  private static float[] point(Row row, Objective objective) {
    RandomGenerator random = Seeds.stream(1, row.spec, 0);
    float[] point = objective.initialParameters();
    for (int i = 0; i < point.length; i++) {
      point[i] += (float) (0.5 * random.nextGaussian());
    }
    return point;
  }

  /// A number that moves when the loss or any element of the gradient does.
  private static double checksum(Objective objective, float[] point, long draw) {
    float[] gradient = new float[point.length];
    double sum = objective.evaluate(point, draw, gradient);
    for (int i = 0; i < gradient.length; i++) {
      sum += (i + 2) * Math.sqrt(i + 2) * gradient[i];
    }
    return sum;
  }

  private static double largest(float[] values) {
    double largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
