package dev.glissade.internal.kernel;

import static dev.glissade.internal.kernel.LiveCoordinates.NEGLIGIBLE;
import static dev.glissade.internal.kernel.LstmState.BLOCK;

import java.util.Arrays;

/// The [Lanes] in plain Java.
///
/// The compiler makes vectors of a loop only if it sees that what is written is not what will be
/// read. Of places in one array it does not see that, so rows are copied to arrays of their own,
/// and results back ([Elementwise]). Where it would not pay, loops are plain.
final class PortableLanes implements Lanes {

  /// How many floats a loop goes over at most: the paper's 20 units of one block. Some arrays of
  /// that size stay in the first-level cache.
  private static final int SIZE = 20 * BLOCK;

  /// How many lanes of a row are worked on.
  private int lanes;

  /// How many rows go into an array.
  private int chunk;

  private final float[] a = new float[SIZE];
  private final float[] b = new float[SIZE];
  private final float[] c = new float[SIZE];
  private final float[] d = new float[SIZE];
  private final float[] r = new float[SIZE];
  private final int[] m = new int[SIZE];
  private final int[] n = new int[SIZE];
  private final FloatBits bits = new FloatBits(SIZE);

  /// Loops over the first so many lanes of each row.
  PortableLanes(int lanes) {
    use(lanes);
  }

  /// From now on works on so many lanes.
  void use(int some) {
    lanes = some;
    chunk = SIZE / some;
  }

  private void take(float[] rows, int from, int count, float[] to) {
    if (lanes == BLOCK) {
      System.arraycopy(rows, from, to, 0, count * BLOCK);
      return;
    }
    for (int row = 0; row < count; row++) {
      System.arraycopy(rows, from + row * BLOCK, to, row * lanes, lanes);
    }
  }

  private void give(float[] from, int count, float[] rows, int to) {
    if (lanes == BLOCK) {
      System.arraycopy(from, 0, rows, to, count * BLOCK);
      return;
    }
    for (int row = 0; row < count; row++) {
      System.arraycopy(from, row * lanes, rows, to + row * BLOCK, lanes);
    }
  }

  @Override
  public void exponentials(float[] rows, int from, int count) {
    for (int row = 0; row < count; row += chunk) {
      int some = Math.min(chunk, count - row);
      take(rows, from + row * BLOCK, some, a);
      exponentials(some * lanes);
      give(a, some, rows, from + row * BLOCK);
    }
  }

  private void exponentials(int count) {
    bits.toInts(a, m, count);
    Elementwise.clamp(m, count);
    bits.toFloats(m, a, count);
    Elementwise.split(a, b, count);
    bits.toInts(a, m, count);
    bits.toInts(b, n, count);
    Elementwise.scale(m, n, count);
    bits.toFloats(m, a, count);
  }

  private void reciprocals(float[] of, int count) {
    bits.toInts(of, m, count);
    Elementwise.guess(m, count);
    bits.toFloats(m, r, count);
    Elementwise.refine(of, r, count);
  }

  @Override
  public void cells(float[] rows, int e, float[] state, int cells, int units) {
    int gate = units * BLOCK;
    for (int unit = 0; unit < units; unit += chunk) {
      int some = Math.min(chunk, units - unit);
      int count = some * lanes;
      int i = unit * BLOCK;
      take(rows, e + i, some, a);
      take(rows, e + gate + i, some, b);
      take(rows, e + 2 * gate + i, some, c);
      take(state, cells + i, some, d);
      Elementwise.cellFraction(a, b, c, d, count);
      reciprocals(c, count);
      Elementwise.cells(d, r, count);
      give(d, some, state, cells + i);
      give(r, some, rows, e + i);
    }
  }

  @Override
  public void hidden(float[] rows, int ec, int eo, int above, float[] state, int h, int units) {
    for (int unit = 0; unit < units; unit += chunk) {
      int some = Math.min(chunk, units - unit);
      int count = some * lanes;
      int i = unit * BLOCK;
      take(rows, ec + i, some, a);
      take(rows, eo + i, some, b);
      Elementwise.denominators(a, b, c, count);
      reciprocals(c, count);
      Elementwise.hidden(a, r, count);
      give(a, some, rows, above + i);
      give(a, some, state, h + i);
    }
  }

  @Override
  public void recordCells(float[] rows, int e, int cells, int next, int tanh, int units) {
    int gate = units * BLOCK;
    for (int unit = 0; unit < units; unit += chunk) {
      int some = Math.min(chunk, units - unit);
      int count = some * lanes;
      int i = unit * BLOCK;
      take(rows, e + i, some, a);
      take(rows, e + gate + i, some, b);
      take(rows, e + 2 * gate + i, some, c);
      Elementwise.denominators(a, b, c, d, count);
      reciprocals(d, count);
      Elementwise.gates(a, b, c, r, count);
      take(rows, cells + i, some, d);
      Elementwise.cells(a, b, c, d, r, count);
      give(a, some, rows, e + i);
      give(b, some, rows, e + gate + i);
      give(c, some, rows, e + 2 * gate + i);
      give(d, some, rows, next + i);
      give(r, some, rows, tanh + i);
    }
  }

  @Override
  public void recordHidden(float[] rows, int tanh, int o, int above, int next, int units) {
    for (int unit = 0; unit < units; unit += chunk) {
      int some = Math.min(chunk, units - unit);
      int count = some * lanes;
      int i = unit * BLOCK;
      take(rows, tanh + i, some, a);
      take(rows, o + i, some, b);
      Elementwise.denominators(a, b, c, count);
      reciprocals(c, count);
      Elementwise.outputs(a, b, r, count);
      give(a, some, rows, tanh + i);
      give(b, some, rows, o + i);
      give(r, some, rows, above + i);
      give(r, some, rows, next + i);
    }
  }

  @Override
  public void cellsBackward(
      float[] rows, int gates, int cells, int tanh, int dh, int above, int dc, int units) {
    int gate = units * BLOCK;
    for (int unit = 0; unit < units; unit += chunk) {
      int some = Math.min(chunk, units - unit);
      int count = some * lanes;
      int i = unit * BLOCK;
      take(rows, dh + i, some, a);
      take(rows, above + i, some, b);
      take(rows, gates + 3 * gate + i, some, c);
      take(rows, tanh + i, some, d);
      take(rows, dc + i, some, r);
      Elementwise.outputsBackward(a, b, c, d, r, count);
      give(c, some, rows, gates + 3 * gate + i);
      take(rows, gates + i, some, a);
      take(rows, gates + gate + i, some, b);
      take(rows, gates + 2 * gate + i, some, c);
      take(rows, cells + i, some, d);
      Elementwise.cellsBackward(a, b, c, d, r, count);
      give(a, some, rows, gates + i);
      give(b, some, rows, gates + gate + i);
      give(c, some, rows, gates + 2 * gate + i);
      give(r, some, rows, dc + i);
    }
  }

  @Override
  public void output(float[] packed, float[] rows, int top, int units, int y) {
    Arrays.fill(a, 0, lanes, packed[units]);
    for (int k = 0; k < units; k++) {
      for (int lane = 0; lane < lanes; lane++) {
        a[lane] = Math.fma(rows[top + k * BLOCK + lane], packed[k], a[lane]);
      }
    }
    System.arraycopy(a, 0, rows, y, lanes);
  }

  @Override
  public void addScaled(float scale, float[] rows, int gradient, int lambda) {
    for (int lane = 0; lane < lanes; lane++) {
      rows[lambda + lane] = Math.fma(rows[gradient + lane], scale, rows[lambda + lane]);
    }
  }

  @Override
  public void outputBackward(
      float[] packed, float[] rows, int top, int units, int lambda, int above, int sums) {
    for (int lane = 0; lane < lanes; lane++) {
      float all = rows[lambda + lane];
      a[lane] = Math.abs(all) < NEGLIGIBLE ? 0 : all;
      rows[sums + units * PARTIALS + lane % PARTIALS] += a[lane];
    }
    for (int k = 0; k < units; k++) {
      int x = top + k * BLOCK;
      int s = sums + k * PARTIALS;
      for (int lane = 0; lane < lanes; lane++) {
        rows[above + k * BLOCK + lane] = a[lane] * packed[k];
        int partial = s + lane % PARTIALS;
        rows[partial] = Math.fma(rows[x + lane], a[lane], rows[partial]);
      }
    }
  }

  @Override
  public void rowSums(float[] rows, int d, int stride, int steps, int s) {
    int some = Math.min(PARTIALS, lanes);
    for (int row = 0; row < 4; row++) {
      System.arraycopy(rows, s + row * PARTIALS, a, 0, PARTIALS);
      for (int t = 0; t < steps; t++) {
        for (int part = 0; part < lanes; part += PARTIALS) {
          int from = d + row * BLOCK + t * stride + part;
          for (int lane = 0; lane < some; lane++) {
            a[lane] += rows[from + lane];
          }
        }
      }
      System.arraycopy(a, 0, rows, s + row * PARTIALS, PARTIALS);
    }
  }

  @Override
  public void logSign(float p, float[] rows, int gradient, int x) {
    float threshold = Preprocess.threshold(p);
    float expP = (float) Math.exp(p);
    float perP = 1 / p;
    for (int lane = 0; lane < lanes; lane++) {
      float g = rows[gradient + lane];
      boolean large = Math.abs(g) >= threshold;
      float sign = g < 0 ? -1 : 1;
      rows[x + lane] = large ? rows[x + lane] * perP : -1;
      rows[x + BLOCK + lane] = large ? sign : g * expP;
    }
  }

  @Override
  public void logarithms(float[] rows, int from, int to) {
    for (int lane = 0; lane < lanes; lane++) {
      rows[to + lane] = logarithm(Math.abs(rows[from + lane]));
    }
  }

  private static float logarithm(float gradient) {
    int bits = Float.floatToRawIntBits(gradient);
    int n = (bits - SQRT_HALF_BITS) >> 23;
    float m = Float.intBitsToFloat(bits - (n << 23)) - 1;
    float exponent = Float.intBitsToFloat(n + ROUNDER_BITS) - ROUNDER;
    float p = Math.fma(m, LOG_9, LOG_8);
    p = Math.fma(p, m, LOG_7);
    p = Math.fma(p, m, LOG_6);
    p = Math.fma(p, m, LOG_5);
    p = Math.fma(p, m, LOG_4);
    p = Math.fma(p, m, LOG_3);
    p = Math.fma(p, m, LOG_2);
    p = Math.fma(p, m, LOG_1);
    float square = m * m;
    float low = p * m * square + exponent * LN_2_LOW;
    low = Math.fma(square, -0.5f, low);
    return Math.fma(exponent, LN_2_HIGH, m + low);
  }
}
