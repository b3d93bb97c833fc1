package dev.glissade.internal.kernel;

import static dev.glissade.internal.kernel.LstmState.BLOCK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The approximations against `Math`, over the ranges that [Lanes] states.
class LanesTest {

  private static final float[] EXTREMES = {
    0,
    -0f,
    Float.MIN_VALUE,
    1e-30f,
    -1e-30f,
    1e-8f,
    -1e-8f,
    88,
    -88,
    200,
    -200,
    1e30f,
    -1e30f,
    Float.MAX_VALUE,
    -Float.MAX_VALUE
  };

  static List<Lanes> all() {
    return List.of(new VectorLanes(), new PortableLanes(BLOCK));
  }

  @ParameterizedTest
  @MethodSource("all")
  void exponentials(Lanes lanes) {
    for (int block = 0; block < 2000; block++) {
      float[] y = values(block, -140, 60, true);
      float[] result = y.clone();
      lanes.exponentials(result, 0, 1);
      for (int i = 0; i < BLOCK; i++) {
        double expected = Math.pow(2, Math.clamp(y[i], -126.0, 40.0));
        assertThat((double) result[i])
            .as("2^%s", y[i])
            .isCloseTo(expected, within(2e-7 * expected));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void exponentialOfZeroIsExact(Lanes lanes) {
    float[] rows = new float[BLOCK];
    lanes.exponentials(rows, 0, 1);
    assertThat(rows).containsOnly(1);
  }

  /// The gates of one unit with c = 0, so that c' = σ(i)·tanh(j).
  @ParameterizedTest
  @MethodSource("all")
  void sigmoidAndHyperbolicTangent(Lanes lanes) {
    for (int block = 0; block < 500; block++) {
      float[] i = values(block, -30, 30, true);
      float[] j = values(block + 1000, -12, 12, true);
      float[] f = values(block + 2000, -30, 30, true);
      float[] o = values(block + 3000, -30, 30, true);
      float[] rows = new float[9 * BLOCK]; // i, j, f, o, c, c', tanh c', h' and h' again
      for (int n = 0; n < BLOCK; n++) {
        rows[n] = -Lanes.LOG2_E * i[n];
        rows[BLOCK + n] = -2 * Lanes.LOG2_E * j[n];
        rows[2 * BLOCK + n] = -Lanes.LOG2_E * f[n];
        rows[3 * BLOCK + n] = -Lanes.LOG2_E * o[n];
      }
      lanes.exponentials(rows, 0, 4);
      lanes.recordCells(rows, 0, 4 * BLOCK, 5 * BLOCK, 6 * BLOCK, 1);
      lanes.exponentials(rows, 6 * BLOCK, 1);
      lanes.recordHidden(rows, 6 * BLOCK, 3 * BLOCK, 7 * BLOCK, 8 * BLOCK, 1);
      for (int n = 0; n < BLOCK; n++) {
        double cell = sigmoid(i[n]) * Math.tanh(j[n]);
        assertClose(rows[n], sigmoid(i[n]), i[n]);
        assertClose(rows[BLOCK + n], Math.tanh(j[n]), j[n]);
        assertClose(rows[2 * BLOCK + n], sigmoid(f[n]), f[n]);
        assertClose(rows[3 * BLOCK + n], sigmoid(o[n]), o[n]);
        assertClose(rows[5 * BLOCK + n], cell, j[n]);
        assertClose(rows[6 * BLOCK + n], Math.tanh(cell), j[n]);
        assertClose(rows[7 * BLOCK + n], sigmoid(o[n]) * Math.tanh(cell), j[n]);
      }
    }
  }

  private static double sigmoid(double z) {
    return 1 / (1 + Math.exp(-z));
  }

  private static void assertClose(float actual, double expected, float argument) {
    assertThat((double) actual).as("at %s", argument).isCloseTo(expected, within(5e-7));
  }

  @ParameterizedTest
  @MethodSource("all")
  void logarithms(Lanes lanes) {
    for (int block = 0; block < 1000; block++) {
      float[] exponents = values(block, -87, 88, false);
      float[] rows = new float[2 * BLOCK];
      for (int n = 0; n < BLOCK; n++) {
        float sign = n % 2 == 0 ? 1 : -1;
        rows[n] = sign * (float) Math.exp(block % 2 == 0 ? exponents[n] : exponents[n] / 1000);
      }
      lanes.logarithms(rows, 0, BLOCK);
      for (int n = 0; n < BLOCK; n++) {
        double expected = Math.log(Math.abs(rows[n]));
        assertThat((double) rows[BLOCK + n])
            .as("log %s", rows[n])
            .isCloseTo(expected, within(1e-7 + 2e-7 * Math.abs(expected)));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void logarithmOfZeroIsFinite(Lanes lanes) {
    float[] rows = new float[2 * BLOCK];
    rows[1] = Float.MIN_VALUE;
    lanes.logarithms(rows, 0, BLOCK);
    for (float value : rows) {
      assertThat(value).isFinite();
    }
  }

  /// A row of numbers between two bounds, evenly spread over all rows, and some extremes.
  private static float[] values(int seed, float from, float to, boolean extremes) {
    float[] values = Unroll.uniform(seed, BLOCK, from, to);
    if (extremes) {
      values[seed % BLOCK] = EXTREMES[seed % EXTREMES.length];
    }
    return values;
  }
}
