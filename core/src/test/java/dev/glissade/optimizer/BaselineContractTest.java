package dev.glissade.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.glissade.Coupling;
import dev.glissade.Descent;
import dev.glissade.Objective;
import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.Point;
import dev.glissade.Seeds;
import dev.glissade.internal.Vectors;
import dev.glissade.problem.Quadratic;
import dev.glissade.problem.Rosenbrock;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What every optimizer promises, baselines and transforms alike. A new one adds its row.
class BaselineContractTest {

  private static final int SIZE = 37; // not a multiple of any vector length

  /// @param rate a learning rate that is fair for both objectives below
  record Row(String name, double rate, DoubleFunction<Optimizer<?>> make) {
    Optimizer<?> optimizer() {
      return make.apply(rate);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Row[] rows() {
    return new Row[] {
      row("sgd", 1e-3),
      row("momentum", 1e-4),
      row("nesterov", 1e-4),
      row("rmsprop", 1e-2),
      row("adagrad", 1e-1),
      row("rprop", 1e-2),
      row("adam", 1e-2),
      row("muon", 5e-3),
      row("lbfgs", 0.5),
      new Row("clipped adam", 1e-2, rate -> new GradientClipping<>(new Adam(rate), 0.5)),
      new Row("fading sgd", 1e-3, rate -> new CosineDecay<>(new Sgd(rate), 400))
    };
  }

  private static Row row(String name, double rate) {
    return new Row(name, rate, Baselines.find(name)::at);
  }

  static Stream<Arguments> rowsAndObjectives() {
    return Arrays.stream(rows())
        .flatMap(row ->
            Stream.of(
                Arguments.of(row, "parabola", parabola()),
                Arguments.of(row, "Rosenbrock", rosenbrock())));
  }

  private static Objective parabola() {
    return Quadratic.of(new float[] {1, 0, 0, 3}, new float[] {1, -1}, new float[] {-2, 2});
  }

  private static Objective rosenbrock() {
    return Rosenbrock.of(100, new float[2], new float[] {-1.2f, 1});
  }

  @Test
  void everyBaselineHasARow() {
    assertThat(Arrays.stream(rows()).map(Row::name))
        .containsAll(Baselines.all().stream().map(Baseline::name).toList());
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("rowsAndObjectives")
  void getsLower(Row row, String name, Objective objective) {
    var curve = Descent.start(objective, row.optimizer()).run(400);
    assertThat(curve.last()).isLessThan(curve.loss(0) / 4);
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("rowsAndObjectives")
  void resumesBitEqual(Row row, String name, Objective objective) {
    assertResumesBitEqual(objective, row.optimizer());
  }

  private static <S extends OptimizerState> void assertResumesBitEqual(
      Objective objective, Optimizer<S> optimizer) {
    Descent whole = Descent.start(objective, optimizer);
    whole.run(17);
    float[] parameters = whole.parameters().clone();
    S state = optimizer.start(objective.layout());
    state.copyFrom(whole.state());
    whole.run(23);

    Descent resumed = Descent.resume(objective, optimizer, parameters, state, 17, 17);
    resumed.run(23);
    assertThat(resumed.parameters()).isEqualTo(whole.parameters());
    assertThat(resumed.loss()).isEqualTo(whole.loss());
    assertSame(resumed.state().arrays(), whole.state().arrays());
  }

  private static void assertSame(List<float[]> actual, List<float[]> expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(actual.get(i)).isEqualTo(expected.get(i));
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void stateArraysAreLive(Row row) {
    assertStateArraysAreLive(row.optimizer());
  }

  private static <S extends OptimizerState> void assertStateArraysAreLive(Optimizer<S> optimizer) {
    S state = optimizer.start(ParameterLayout.of("x", SIZE));
    List<float[]> live = state.arrays();
    float[] before = flat(live);
    optimizer.update(Point.of(0, gradient(0)), state, new float[SIZE]);
    assertThat(flat(live)).isEqualTo(flat(state.arrays()));
    if (before.length > 0) {
      assertThat(flat(live)).isNotEqualTo(before);
    }
  }

  private static float[] flat(List<float[]> arrays) {
    float[] flat = new float[arrays.stream().mapToInt(array -> array.length).sum()];
    int offset = 0;
    for (float[] array : arrays) {
      System.arraycopy(array, 0, flat, offset, array.length);
      offset += array.length;
    }
    return flat;
  }

  @ParameterizedTest
  @MethodSource("rows")
  void permutedCoordinatesGivePermutedUpdates(Row row) {
    assertPermutes(row.optimizer());
  }

  private static <S extends OptimizerState> void assertPermutes(Optimizer<S> optimizer) {
    int[] permutation = permutation();
    S plainState = optimizer.start(ParameterLayout.of("x", SIZE));
    S permutedState = optimizer.start(ParameterLayout.of("x", SIZE));
    float[] plain = new float[SIZE];
    float[] permuted = new float[SIZE];
    for (int t = 0; t < 20; t++) {
      float[] gradient = gradient(t);
      optimizer.update(Point.of(t, gradient), plainState, plain);
      optimizer.update(Point.of(t, permute(gradient, permutation)), permutedState, permuted);
      assertThat(permuted).isEqualTo(permute(plain, permutation));
    }
  }

  /// Neither more, or coordinates could not be computed apart, nor less, or they would be together
  /// without need.
  @ParameterizedTest
  @MethodSource("rows")
  void mixesWhatItsCouplingSays(Row row) {
    Coupling coupling = row.optimizer().coupling();
    float[] plain = lastUpdate(row.optimizer(), 0);
    float[] changed = lastUpdate(row.optimizer(), 3);
    assertThat(changed[0]).isNotEqualTo(plain[0]);
    assertThat(differ(plain, changed, 1, 6)).isEqualTo(coupling != Coupling.COORDINATES);
    assertThat(differ(plain, changed, 6, 12)).isEqualTo(coupling == Coupling.ALL);
  }

  private static boolean differ(float[] a, float[] b, int from, int to) {
    return !Arrays.equals(a, from, to, b, from, to);
  }

  /// The third update of two blocks of six coordinates.
  ///
  /// @param more added to the gradients of coordinate 0
  private static <S extends OptimizerState> float[] lastUpdate(Optimizer<S> optimizer, float more) {
    ParameterLayout layout =
        new ParameterLayout(
            List.of(ParameterLayout.block("a", 2, 3), ParameterLayout.block("b", 6)));
    S state = optimizer.start(layout);
    float[] update = new float[layout.size()];
    for (int t = 0; t < 3; t++) {
      float[] gradient = Arrays.copyOf(gradient(t), layout.size());
      gradient[0] += more * (t + 1);
      optimizer.update(Point.of(t, gradient), state, update);
    }
    return update;
  }

  @ParameterizedTest
  @MethodSource("rows")
  void onlyReadsTheGradientAndOverwritesTheUpdate(Row row) {
    assertTouchesOnlyItsOwn(row.optimizer());
  }

  private static <S extends OptimizerState> void assertTouchesOnlyItsOwn(Optimizer<S> optimizer) {
    S state = optimizer.start(ParameterLayout.of("x", SIZE));
    float[] gradient = gradient(3);
    float[] update = new float[SIZE];
    Arrays.fill(update, Float.NaN);
    optimizer.update(Point.of(0, gradient), state, update);
    assertThat(gradient).isEqualTo(gradient(3));
    assertThat(update).doesNotContain(Float.NaN);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void zeroGradientFromAFreshStateMovesNothing(Row row) {
    assertRestsAtZeroGradient(row.optimizer());
  }

  private static <S extends OptimizerState> void assertRestsAtZeroGradient(Optimizer<S> optimizer) {
    S state = optimizer.start(ParameterLayout.of("x", SIZE));
    float[] update = new float[SIZE];
    optimizer.update(Point.of(0, new float[SIZE]), state, update);
    for (float u : update) {
      assertThat(u).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void rejectsBadLearningRates(Row row) {
    for (double rate : new double[] {-0.1, 0, -0.0, Double.NaN}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> row.make.apply(rate))
          .withMessage("learningRate must be > 0, got " + rate);
    }
    for (double rate : new double[] {Double.POSITIVE_INFINITY, 1e39, 1e-60}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> row.make.apply(rate))
          .withMessage("learningRate must be between 1e-45 and 3e38, got " + rate);
    }
  }

  /// Gradients at the ends of float's range.
  enum Extreme {
    ZERO_AFTER_LARGE,
    DENORMAL,
    TINY,
    LARGE,
    LARGEST,
    ALTERNATING,
    ORDINARY_AFTER_LARGEST;

    /// @param step from 0
    double size(int step) {
      return switch (this) {
        case ZERO_AFTER_LARGE -> step < 3 ? 1e20 : 0;
        case DENORMAL -> 1e-44;
        case TINY -> 1e-38;
        case LARGE -> 1e20;
        case LARGEST -> 1e38;
        case ALTERNATING -> step % 2 == 0 ? 1e38 : -1e-38;
        case ORDINARY_AFTER_LARGEST -> step < 100 ? 1e38 : 1;
      };
    }
  }

  static Stream<Arguments> rowsAndExtremes() {
    return Arrays.stream(rows())
        .flatMap(row -> Arrays.stream(Extreme.values()).map(it -> Arguments.of(row, it)));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("rowsAndExtremes")
  void staysFiniteAtTheEndsOfTheRangeOfFloats(Row row, Extreme extreme) {
    assertStaysFinite(row.optimizer(), extreme);
  }

  private static <S extends OptimizerState> void assertStaysFinite(
      Optimizer<S> optimizer, Extreme extreme) {
    ParameterLayout layout =
        new ParameterLayout(
            List.of(ParameterLayout.block("matrix", 4, 3), ParameterLayout.block("vector", 5)));
    S state = optimizer.start(layout);
    float[] update = new float[layout.size()];
    for (int t = 0; t < 3000; t++) {
      float[] gradient = new float[layout.size()];
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] = (float) (Math.sin(i + 1) * extreme.size(t));
      }
      optimizer.update(Point.of(t, gradient), state, update);
      assertThat(Vectors.allFinite(update)).as("update %s", t).isTrue();
      for (float[] array : state.arrays()) {
        assertThat(Vectors.allFinite(array)).as("state %s", t).isTrue();
      }
    }
  }

  /// Squares that overflow must not freeze a rule that does not depend on the gradient's scale.
  @ParameterizedTest
  @ValueSource(strings = {"rmsprop", "adagrad", "adam"})
  void aLargeGradientIsNoReasonToStandStill(String name) {
    Row row = Arrays.stream(rows()).filter(it -> it.name.equals(name)).findFirst().orElseThrow();
    for (float[] gradient : new float[][] {{1e17f}, {1e30f}, {3e38f}}) {
      assertThat((double) firstUpdate(row.optimizer(), gradient)[0])
          .isCloseTo(
              firstUpdate(row.optimizer(), new float[] {1e10f})[0], Offset.offset(1e-4 * row.rate));
    }
  }

  private static <S extends OptimizerState> float[] firstUpdate(
      Optimizer<S> optimizer, float[] gradient) {
    float[] update = new float[gradient.length];
    S state = optimizer.start(ParameterLayout.of("x", gradient.length));
    optimizer.update(Point.of(0, gradient), state, update);
    return update;
  }

  /// Gradients of many magnitudes, zero among them.
  private static float[] gradient(int step) {
    RandomGenerator random = Seeds.stream(7, "test", step);
    float[] gradient = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      gradient[i] = i == 5 ? 0 : (float) (random.nextGaussian() * Math.pow(10, i % 9 - 4));
    }
    return gradient;
  }

  private static int[] permutation() {
    int[] permutation = new int[SIZE];
    for (int i = 0; i < SIZE; i++) {
      permutation[i] = i * 10 % SIZE; // 10 generates the cyclic group of order 37
    }
    return permutation;
  }

  private static float[] permute(float[] values, int[] permutation) {
    float[] permuted = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      permuted[i] = values[permutation[i]];
    }
    return permuted;
  }
}
