package dev.glissade.internal.kernel;

import static dev.glissade.internal.kernel.LstmState.BLOCK;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The loops of the Vector API and those in plain Java, against each other, bit by bit.
class LanesAgreementTest {

  private static final float[] EXTREMES = {
    0,
    -0f,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    1e-40f,
    -1e-40f,
    1e-30f,
    1,
    -1,
    40,
    -126,
    200,
    -200,
    1e30f,
    -1e30f,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.NaN,
    Float.intBitsToFloat(0xffc0_0000)
  };

  /// More units than go into an array at once.
  private static final int UNITS = 45;

  private static final int STEPS = 3;

  /// Rows that are worked on, then those that receive.
  private static final int ROWS = 12 * UNITS;

  /// A loop over rows, of which the first hold whatever there may be.
  interface Loop {
    void run(Lanes lanes, float[] rows);
  }

  record Case(String name, Loop loop) {

    @Override
    public String toString() {
      return name;
    }
  }

  static List<Case> loops() {
    int gate = UNITS * BLOCK;
    float[] packed = Unroll.uniform(1, UNITS + 1, -1, 1);
    return List.of(
        new Case("exponentials", (lanes, rows) -> lanes.exponentials(rows, BLOCK, 2 * UNITS)),
        new Case("cells", (lanes, rows) -> lanes.cells(rows, 0, rows, 4 * gate, UNITS)),
        new Case(
            "hidden",
            (lanes, rows) -> lanes.hidden(rows, 0, gate, 2 * gate, rows, 3 * gate, UNITS)),
        new Case(
            "recordCells",
            (lanes, rows) -> lanes.recordCells(rows, 0, 4 * gate, 5 * gate, 6 * gate, UNITS)),
        new Case(
            "recordHidden",
            (lanes, rows) -> lanes.recordHidden(rows, 0, gate, 2 * gate, 3 * gate, UNITS)),
        new Case(
            "cellsBackward",
            (lanes, rows) ->
                lanes.cellsBackward(
                    rows, 0, 4 * gate, 5 * gate, 6 * gate, 7 * gate, 8 * gate, UNITS)),
        new Case("output", (lanes, rows) -> lanes.output(packed, rows, 0, UNITS, gate)),
        new Case("addScaled", (lanes, rows) -> lanes.addScaled(0.3f, rows, 0, BLOCK)),
        new Case(
            "outputBackward",
            (lanes, rows) ->
                lanes.outputBackward(packed, rows, 0, UNITS, gate, 2 * gate, 3 * gate)),
        new Case(
            "rowSums", (lanes, rows) -> lanes.rowSums(rows, 0, 5 * BLOCK, STEPS, ROWS * BLOCK / 2)),
        new Case("logarithms", (lanes, rows) -> lanes.logarithms(rows, 0, BLOCK)),
        new Case("logSign", (lanes, rows) -> lanes.logSign(10, rows, 0, BLOCK)));
  }

  @ParameterizedTest
  @MethodSource("loops")
  void ordinaryNumbers(Case it) {
    for (int seed = 0; seed < 20; seed++) {
      assertAgreement(it, Unroll.uniform(seed, ROWS * BLOCK, -3, 3), BLOCK);
    }
  }

  @ParameterizedTest
  @MethodSource("loops")
  void exponentsOfAllSizes(Case it) {
    for (int seed = 0; seed < 20; seed++) {
      assertAgreement(it, Unroll.uniform(seed, ROWS * BLOCK, -140, 60), BLOCK);
    }
  }

  @ParameterizedTest
  @MethodSource("loops")
  void extremes(Case it) {
    for (int seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      float[] rows = Unroll.uniform(seed, ROWS * BLOCK, -3, 3);
      for (int i = 0; i < rows.length; i += 1 + random.nextInt(seed + 1)) {
        rows[i] = EXTREMES[random.nextInt(EXTREMES.length)];
      }
      assertAgreement(it, rows, BLOCK);
    }
  }

  /// A block with few coordinates: the lanes that they use come out the same.
  @ParameterizedTest
  @MethodSource("loops")
  void someLanesOnly(Case it) {
    assertAgreement(it, Unroll.uniform(1, ROWS * BLOCK, -3, 3), Lanes.PARTIALS);
  }

  /// There is no loop that this test leaves out.
  @Test
  void allLoopsAreCompared() {
    assertThat(loops().stream().map(Case::name))
        .containsAll(
            Arrays.stream(Lanes.class.getDeclaredMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .map(Method::getName)
                .toList());
  }

  private static void assertAgreement(Case it, float[] rows, int used) {
    float[] expected = rows.clone();
    if (used < BLOCK) { // of what no coordinate uses nothing is seen, and sums have nothing of it
      for (int i = 0; i < rows.length; i++) {
        expected[i] = i % BLOCK < used ? rows[i] : 0;
      }
    }
    float[] actual = expected.clone();
    it.loop.run(new VectorLanes(), expected);
    it.loop.run(new PortableLanes(used), actual);
    for (int i = 0; i < rows.length; i++) {
      if (i % BLOCK < used && !isSame(expected[i], actual[i])) {
        assertThat(actual[i]).as("element %d", i).isEqualTo(expected[i]);
      }
    }
  }

  /// Which of all NaNs comes out of an operation Java does not say.
  private static boolean isSame(float a, float b) {
    return Float.floatToRawIntBits(a) == Float.floatToRawIntBits(b)
        || (Float.isNaN(a) && Float.isNaN(b));
  }
}
