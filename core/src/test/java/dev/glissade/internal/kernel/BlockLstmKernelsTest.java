package dev.glissade.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import dev.glissade.Workers;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The kernels that work on blocks, whatever their loops are, against the scalar ones.
class BlockLstmKernelsTest {

  private static final List<LstmShape> SHAPES =
      List.of(
          new LstmShape(0, 20, 10, 0.1f),
          new LstmShape(1, 1, 0, 1),
          new LstmShape(2, 7, 3, 10, 0.1f),
          new LstmShape(2, 20, 1, 10, 0.1f, 5),
          new LstmShape(2, 20, 10, 0.1f));

  /// Of the largest value of an array, per step that errors may grow over.
  private static final float TOLERANCE = 4e-6f;

  /// @param coordinates N
  /// @param steps T
  record Case(LstmShape shape, int coordinates, int steps) {}

  /// All loops that there are, not only those for this processor.
  private static List<Loops.Source> loops() {
    return List.of(
        Loops.OfVectors.of(new NarrowTiles()),
        Loops.OfVectors.of(new WideTiles()),
        new Loops.Portable());
  }

  /// Kernels of each of them.
  private static List<LstmKernels> all(Unroll unroll) {
    return loops().stream()
        .<LstmKernels>map(it -> new BlockLstmKernels(unroll.shape(), unroll.weights(), it))
        .toList();
  }

  static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    int[] coordinates = {1, 15, 16, 17, 63, 64, 65, 200};
    int[] steps = {1, 2, 5, 20};
    int k = 0;
    for (int layers : new int[] {0, 1, 2, 3}) {
      for (int hidden : new int[] {1, 3, 5, 7, 8, 19, 20, 21, 32}) {
        for (float logSign : new float[] {0, 5, 10}) {
          LstmShape shape = new LstmShape(layers, hidden, logSign, 0.3f);
          for (int i = 0; i < 4; i++, k += 3) {
            cases.add(new Case(shape, coordinates[k % 8], steps[(k / 8 + i) % 4]));
          }
        }
      }
    }
    for (int layers : new int[] {0, 1, 2}) {
      for (int logSign : new int[] {0, 10}) {
        LstmShape shape = new LstmShape(layers, 20, logSign > 0 ? 3 : 2, logSign, 0.3f);
        cases.add(new Case(shape, 1, 2));
        cases.add(new Case(shape, 65, 5));
        cases.add(new Case(shape, 200, 20));
      }
    }
    for (int layers : new int[] {1, 2, 3}) {
      for (int global : new int[] {1, 4, 6}) {
        LstmShape shape = new LstmShape(layers, 7, 1 + global % 2, 5, 0.3f, global);
        for (int n : coordinates) {
          cases.add(new Case(shape, n, steps[n % 4]));
        }
      }
    }
    cases.add(new Case(new LstmShape(2, 20, 1, 10, 0.1f, 5), 1000, 20));
    cases.add(new Case(new LstmShape(1, 40, 1, 0, 0.1f, 3), 9000, 2));
    cases.add(new Case(new LstmShape(2, 20, 10, 0.1f), 1000, 20));
    cases.add(new Case(new LstmShape(2, 20, 0, 1), 1000, 47));
    cases.add(new Case(new LstmShape(2, 20, 10, 0.1f), 70, 100));
    return cases;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void forward(Case it) {
    Unroll unroll = Unroll.random(it.shape, it.coordinates, it.steps, 1);
    Unroll.Forward expected = unroll.forward(scalar(unroll));
    for (LstmKernels kernels : all(unroll)) {
      Unroll.Forward actual = unroll.forward(kernels);
      for (int t = 0; t < it.steps; t++) {
        assertClose(actual.updates()[t], expected.updates()[t], it.steps);
      }
      for (int n = 0; n < it.coordinates; n++) {
        for (int layer = 0; layer < it.shape.layers(); layer++) {
          int index = actual.end().hiddenIndex(layer, it.shape.hidden() - 1, n);
          assertThat(actual.end().values()[index])
              .isCloseTo(expected.end().values()[index], within(TOLERANCE * it.steps));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void backward(Case it) {
    Unroll unroll = Unroll.random(it.shape, it.coordinates, it.steps, 2);
    assertBackward(unroll, unroll.allCoordinates(), true);
    assertBackward(unroll, unroll.allCoordinates(), false);
    if (it.shape.globalCells() == 0) {
      int[] some = IntStream.range(0, it.coordinates).filter(n -> n % 5 != 1).toArray();
      assertBackward(unroll, some, true);
    }
  }

  /// Where nothing depends on an update any more there is nothing to go back through, unless
  /// something depends on the state.
  @Test
  void backwardThroughCoordinatesThatLoseTheirGradients() {
    Unroll unroll = Unroll.random(new LstmShape(2, 20, 10, 0.1f), 300, 25, 8);
    for (int n = 0; n < unroll.coordinates(); n++) {
      for (int t = n * 7 % 40; t <= unroll.steps(); t++) {
        unroll.gradients()[t][n] = 0;
      }
    }
    assertBackward(unroll, unroll.allCoordinates(), false);
    assertBackward(unroll, unroll.allCoordinates(), true);
  }

  private static void assertBackward(Unroll unroll, int[] coordinates, boolean withState) {
    Unroll.Backward expected = unroll.backward(scalar(unroll), coordinates, withState);
    float[] channels = withoutScale(unroll, expected.channels());
    for (LstmKernels kernels : all(unroll)) {
      Unroll.Backward actual = unroll.backward(kernels, coordinates, withState);
      assertClose(actual.weights(), expected.weights(), unroll.steps());
      assertClose(actual.start().values(), expected.start().values(), unroll.steps());
      assertClose(withoutScale(unroll, actual.channels()), channels, unroll.steps());
    }
  }

  /// Derivatives by channels without the factor 1/∇ of log's derivative.
  private static float[] withoutScale(Unroll unroll, float[] derivatives) {
    float[] scaled = derivatives.clone();
    for (int n = 0; unroll.shape().logSign() > 0 && n < scaled.length; n++) {
      scaled[n] *= unroll.channels()[0][n];
    }
    return scaled;
  }

  /// Every number is made in the same way, whatever the loops: also that of many segments, of one
  /// lane, and of a gradient that is not finite.
  @Test
  void loopsDoNotChangeResults() {
    for (LstmShape shape : SHAPES) {
      for (int coordinates : new int[] {1, 10, 16, 17, 200}) {
        Unroll unroll = Unroll.random(shape, coordinates, 25, 9);
        assertSameBits(unroll, unroll.allCoordinates());
        if (shape.globalCells() == 0) {
          assertSameBits(unroll, new int[] {coordinates - 1});
        }
        for (float strange : new float[] {Float.POSITIVE_INFINITY, -3e38f, 1e-42f, -0f}) {
          unroll.channels()[3][coordinates / 2] = strange;
          assertSameBits(unroll, unroll.allCoordinates());
        }
      }
    }
  }

  private static void assertSameBits(Unroll unroll, int[] coordinates) {
    LstmKernels expected = new BlockLstmKernels(unroll.shape(), unroll.weights(), loops().get(0));
    Unroll.Forward forward = unroll.forward(expected);
    Unroll.Backward with = unroll.backward(expected, coordinates, true);
    Unroll.Backward without = unroll.backward(expected, coordinates, false);
    for (Loops.Source loops : loops()) {
      LstmKernels kernels = new BlockLstmKernels(unroll.shape(), unroll.weights(), loops);
      assertThat(unroll.forward(kernels).updates()).isDeepEqualTo(forward.updates());
      assertThat(unroll.forward(kernels).end().values()).isEqualTo(forward.end().values());
      Unroll.Backward actual = unroll.backward(kernels, coordinates, true);
      assertThat(actual.weights()).isEqualTo(with.weights());
      assertThat(actual.start().values()).isEqualTo(with.start().values());
      assertThat(actual.channels()).isEqualTo(with.channels());
      assertThat(unroll.backward(kernels, coordinates, false).weights())
          .isEqualTo(without.weights());
    }
  }

  /// What the last block has beyond the coordinates is part of checkpoints.
  @Test
  void lanesWithoutACoordinateStayZero() {
    for (Loops.Source loops : loops()) {
      for (LstmShape shape : SHAPES.subList(1, SHAPES.size())) {
        Unroll unroll = Unroll.random(shape, 70, 3, 1);
        LstmKernels kernels = new BlockLstmKernels(unroll.shape(), unroll.weights(), loops);
        LstmState end = unroll.forward(kernels).end();
        for (int lane = 70 % LstmState.BLOCK; lane < LstmState.BLOCK; lane++) {
          assertThat(end.values()[end.hiddenIndex(0, 0, LstmState.BLOCK + lane)]).isZero();
          assertThat(end.values()[end.cellIndex(0, shape.hidden() - 1, LstmState.BLOCK + lane)])
              .isZero();
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5})
  void threadsDoNotChangeResults(int globalCells) {
    LstmShape shape = new LstmShape(2, 20, 1, 10, 0.1f, globalCells);
    Unroll unroll = Unroll.random(shape, 9000, 5, 3);
    LstmKernels kernels = vector(unroll);
    Unroll.Forward one = Workers.with(1, () -> unroll.forward(kernels));
    int[] all = unroll.allCoordinates();
    Unroll.Backward back = Workers.with(1, () -> unroll.backward(kernels, all, true));
    for (int threads : new int[] {2, 3, 7}) {
      Unroll.Forward many = Workers.with(threads, () -> unroll.forward(kernels));
      assertThat(many.updates()).isDeepEqualTo(one.updates());
      assertThat(many.end().values()).isEqualTo(one.end().values());
      Unroll.Backward shared = Workers.with(threads, () -> unroll.backward(kernels, all, true));
      assertThat(shared.weights()).isEqualTo(back.weights());
      assertThat(shared.start().values()).isEqualTo(back.start().values());
      assertThat(shared.channels()).isEqualTo(back.channels());
    }
  }

  @Test
  void repeatedCallsAgree() {
    Unroll unroll = Unroll.random(new LstmShape(2, 20, 10, 0.1f), 300, 30, 4);
    LstmKernels kernels = vector(unroll);
    float[] first = unroll.backward(kernels, unroll.allCoordinates(), true).weights();
    for (int i = 0; i < 100; i++) { // the compiler comes in meanwhile
      assertThat(unroll.backward(kernels, unroll.allCoordinates(), true).weights())
          .isEqualTo(first);
    }
  }

  /// Boxed vectors would show as megabytes: see [Lanes].
  @Test
  void compiledKernelsAllocateNothingButTheListOfLiveCoordinates() {
    int coordinates = 640;
    long most = 5_000 + 16L * coordinates;
    Unroll unroll = Unroll.random(new LstmShape(2, 20, 10, 0.1f), coordinates, 20, 6);
    LstmKernels kernels = vector(unroll);
    LstmState state = Unroll.copy(unroll.start());
    float[] update = new float[coordinates];
    float[] weightGradient = new float[unroll.shape().size()];
    int[] all = unroll.allCoordinates();
    Supplier<float[]> run =
        () -> {
          for (int t = 0; t < unroll.steps(); t++) {
            kernels.forward(unroll.channels()[t], state, update);
          }
          kernels.backward(
              List.of(unroll.start()),
              unroll.channels(),
              unroll.gradients(),
              unroll.multipliers(),
              all,
              weightGradient,
              null,
              null);
          return update;
        };
    assertThat(leastAllocated(run, most)).isLessThan(most);
  }

  @Test
  void compiledStepsWithGlobalCellsAllocateNothing() {
    Unroll unroll = Unroll.random(new LstmShape(2, 20, 1, 10, 0.1f, 5), 1000, 20, 6);
    LstmKernels kernels = vector(unroll);
    LstmState state = Unroll.copy(unroll.start());
    float[] update = new float[unroll.coordinates()];
    Supplier<float[]> run =
        () -> {
          for (float[] channels : unroll.channels()) {
            kernels.forward(channels, state, update);
          }
          return update;
        };
    assertThat(leastAllocated(run, 500)).isLessThan(500);
  }

  /// The bytes that are allocated once the compiler has done, or once they are as few as that.
  private static long leastAllocated(Supplier<float[]> run, long most) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (least >= most && System.nanoTime() < deadline) {
      long before = threads.getCurrentThreadAllocatedBytes();
      Workers.with(1, run);
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    return least;
  }

  @ParameterizedTest
  @MethodSource("extremes")
  void extremeGradientsGiveFiniteResults(float logSign) {
    LstmShape shape = new LstmShape(2, 20, logSign, 0.1f);
    Unroll unroll = Unroll.random(shape, 128, 6, 5);
    float[] extremes = {1e30f, -1e30f, 1e-30f, -1e-30f, 0, -0f, Float.MIN_VALUE, -1e-42f, 1e-4f};
    for (int t = 0; t < unroll.steps(); t++) {
      for (int n = 0; n < unroll.coordinates(); n++) {
        unroll.gradients()[t][n] = extremes[(n + t) % extremes.length];
      }
    }
    Arrays.fill(unroll.multipliers(), 1e-30f);
    Unroll.Forward expected = unroll.forward(scalar(unroll));
    Unroll.Forward actual = unroll.forward(vector(unroll));
    for (int t = 0; t < unroll.steps(); t++) {
      assertClose(actual.updates()[t], expected.updates()[t], unroll.steps());
    }
    for (float derivative :
        unroll.backward(vector(unroll), unroll.allCoordinates(), false).weights()) {
      assertThat(derivative).isFinite();
    }
  }

  /// With denormals among the products the backward pass takes up to twenty times as long.
  @Test
  void derivativesTooSmallToMatterCountAsNone() {
    Unroll unroll = Unroll.random(new LstmShape(2, 20, 10, 0.1f), 130, 20, 7);
    Arrays.fill(unroll.multipliers(), 1e-22f);
    assertThat(unroll.backward(vector(unroll), unroll.allCoordinates(), false).weights())
        .containsOnly(0);
  }

  static List<Float> extremes() {
    return List.of(0f, 1f, 10f, 80f);
  }

  private static LstmKernels scalar(Unroll unroll) {
    return new ScalarLstmKernels(unroll.shape(), unroll.weights());
  }

  private static LstmKernels vector(Unroll unroll) {
    return BlockLstmKernels.vector(unroll.shape(), unroll.weights());
  }

  /// Compares arrays, by their largest value.
  private static void assertClose(float[] actual, float[] expected, int steps) {
    float scale = 1e-3f;
    for (float value : expected) {
      scale = Math.max(scale, Math.abs(value));
    }
    float tolerance = TOLERANCE * (1 + steps) * scale;
    for (int i = 0; i < expected.length; i++) {
      if (!(Math.abs(actual[i] - expected[i]) <= tolerance)) {
        assertThat(actual[i])
            .as("element %d of %d, where the largest is %s", i, expected.length, scale)
            .isCloseTo(expected[i], within(tolerance));
      }
    }
  }
}
