package dev.glissade.internal.kernel;

import static dev.glissade.internal.kernel.Lanes.PARTIALS;
import static dev.glissade.internal.kernel.LstmState.BLOCK;

import java.util.Arrays;

/// The [Tiles] in plain Java. Both products are sums of arrays, each times a factor: a row of y of
/// the rows of x, times weights; and a weight gradient, for one lane, of the derivatives of each
/// step, times an input of that step. Two sums are made at once, of four arrays in a turn.
///
/// Where few lanes are in use, a lane of y is the sum of the columns of W, times inputs: arrays of
/// 80 numbers for the paper's network, in place of as many as there are lanes.
///
/// As in [PortableLanes], rows are copied to arrays of their own, for the compiler's sake.
final class PortableTiles implements Tiles {

  /// Where a row starts in an array: loops start one earlier, because the compiler's vectors start
  /// with the second turn of a loop at the earliest.
  private static final int START = 16;

  /// Arrays whose size, with their header, is a multiple of this lie alike in the cache's lines.
  private static final int LINE = 16;

  /// The floats of a header.
  private static final int HEADER = 4;

  /// How many lanes of a row are worked on.
  private int lanes;

  private float[][] terms = {}; // [count][START + length]
  private float[] factors = {}; // [sums][count]
  private float[] first = {};
  private float[] second = {};

  /// Products of the first so many lanes of each row.
  PortableTiles(int lanes) {
    this.lanes = lanes;
  }

  @Override
  public int height() {
    return 1;
  }

  /// The matrix as it is, then by columns.
  @Override
  public float[] pack(float[] matrix, int count) {
    int width = matrix.length / count;
    float[] packed = Arrays.copyOf(matrix, 2 * matrix.length);
    for (int row = 0; row < count; row++) {
      for (int k = 0; k < width; k++) {
        packed[matrix.length + k * count + row] = matrix[row * width + k];
      }
    }
    return packed;
  }

  /// From now on works on so many lanes.
  void use(int some) {
    lanes = some;
  }

  @Override
  public int sums(int rows, int columns) {
    return PARTIALS * rows * columns;
  }

  @Override
  public int sum(int rows, int columns, int row, int column) {
    return column * rows + row;
  }

  @Override
  public int sumStride(int rows, int columns) {
    return rows * columns;
  }

  @Override
  public void multiply(float[] packed, int count, float[] rows, int x, int inputs, int y) {
    if (lanes <= PARTIALS) {
      addColumns(packed, count, rows, x, inputs, y);
    } else {
      addRows(packed, count, rows, x, inputs, y);
    }
  }

  /// Multiplies a row of y at a time.
  private void addRows(float[] packed, int count, float[] rows, int x, int inputs, int y) {
    reserve(inputs, lanes, 0);
    for (int k = 0; k < inputs; k++) {
      System.arraycopy(rows, x + k * BLOCK, terms[k], START, lanes);
    }
    for (int row = 0; row < count; row += 2) {
      int next = Math.min(row + 1, count - 1);
      int p = row * (inputs + 1);
      int q = next * (inputs + 1);
      Arrays.fill(first, START, START + lanes, packed[p]);
      Arrays.fill(second, START, START + lanes, packed[q]);
      addTerms(packed, p + 1, q + 1, inputs, START + lanes);
      System.arraycopy(first, START, rows, y + row * BLOCK, lanes);
      System.arraycopy(second, START, rows, y + next * BLOCK, lanes);
    }
  }

  /// Multiplies a lane of y at a time.
  private void addColumns(float[] packed, int count, float[] rows, int x, int inputs, int y) {
    reserve(inputs, count, 2);
    int columns = count * (inputs + 1); // where these begin
    for (int k = 0; k < inputs; k++) {
      System.arraycopy(packed, columns + (k + 1) * count, terms[k], START, count);
    }
    for (int lane = 0; lane < lanes; lane += 2) {
      int next = Math.min(lane + 1, lanes - 1);
      System.arraycopy(packed, columns, first, START, count);
      System.arraycopy(packed, columns, second, START, count);
      for (int k = 0; k < inputs; k++) {
        factors[k] = rows[x + k * BLOCK + lane];
        factors[inputs + k] = rows[x + k * BLOCK + next];
      }
      addTerms(factors, 0, inputs, inputs, START + count);
      for (int row = 0; row < count; row++) {
        rows[y + row * BLOCK + lane] = first[START + row];
        rows[y + row * BLOCK + next] = second[START + row];
      }
    }
  }

  @Override
  public void addOuterProducts(
      float[] rows, int d, int height, int x, int columns, int stride, int steps, int s) {
    int parts = (lanes + PARTIALS - 1) / PARTIALS;
    int count = steps * parts;
    reserve(count, height, columns);
    for (int lane = 0; lane < Math.min(lanes, PARTIALS); lane++) {
      for (int i = 0; i < count; i++) {
        int offset = i / parts * stride + i % parts * PARTIALS + lane;
        for (int row = 0; row < height; row++) {
          terms[i][START + row] = rows[d + offset + row * BLOCK];
        }
        for (int k = 0; k < columns; k++) {
          factors[k * count + i] = rows[x + offset + k * BLOCK];
        }
      }
      addTerms(count, rows, s + lane * columns * height, height, columns);
    }
  }

  /// Adds the terms, times factors of each column, to sums `[columns][height]` from `s` on.
  private void addTerms(int count, float[] rows, int s, int height, int columns) {
    for (int k = 0; k < columns; k += 2) {
      int next = Math.min(k + 1, columns - 1);
      System.arraycopy(rows, s + k * height, first, START, height);
      System.arraycopy(rows, s + next * height, second, START, height);
      addTerms(factors, k * count, next * count, count, START + height);
      System.arraycopy(first, START, rows, s + k * height, height);
      System.arraycopy(second, START, rows, s + next * height, height);
    }
  }

  /// Adds the terms, times the factors from `p` on, to the first sum; from `q` on, to the second.
  private void addTerms(float[] factors, int p, int q, int count, int end) {
    int i = 0;
    for (; i + 4 <= count; i += 4) {
      addFour(factors, p + i, q + i, i, end);
    }
    for (; i < count; i++) {
      addOne(factors[p + i], terms[i], first, end);
      addOne(factors[q + i], terms[i], second, end);
    }
  }

  private void addFour(float[] factors, int p, int q, int i, int end) {
    float p0 = factors[p];
    float p1 = factors[p + 1];
    float p2 = factors[p + 2];
    float p3 = factors[p + 3];
    float q0 = factors[q];
    float q1 = factors[q + 1];
    float q2 = factors[q + 2];
    float q3 = factors[q + 3];
    float[] x0 = terms[i];
    float[] x1 = terms[i + 1];
    float[] x2 = terms[i + 2];
    float[] x3 = terms[i + 3];
    float[] y = first;
    float[] z = second;
    for (int lane = START - 1; lane < end; lane++) {
      float sum = Math.fma(p1, x1[lane], Math.fma(p0, x0[lane], y[lane]));
      y[lane] = Math.fma(p3, x3[lane], Math.fma(p2, x2[lane], sum));
      sum = Math.fma(q1, x1[lane], Math.fma(q0, x0[lane], z[lane]));
      z[lane] = Math.fma(q3, x3[lane], Math.fma(q2, x2[lane], sum));
    }
  }

  private static void addOne(float factor, float[] x, float[] sum, int end) {
    for (int lane = START - 1; lane < end; lane++) {
      sum[lane] = Math.fma(factor, x[lane], sum[lane]);
    }
  }

  /// Makes room for so many terms of a length, and for the factors of some sums.
  private void reserve(int count, int length, int sums) {
    if (factors.length < sums * count) {
      factors = new float[sums * count];
    }
    int size = (START + length + HEADER + LINE - 1) / LINE * LINE - HEADER;
    if (first.length < size || terms.length < count) {
      size = Math.max(size, first.length);
      terms = new float[Math.max(count, terms.length)][size];
      first = new float[size];
      second = new float[size];
    }
  }
}
