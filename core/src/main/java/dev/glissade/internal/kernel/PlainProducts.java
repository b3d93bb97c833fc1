package dev.glissade.internal.kernel;

import java.util.Arrays;

/// [MatrixProducts] in plain loops along columns, each of which is a panel.
///
/// A product first copies its columns into arrays of their own: the compiler makes vectors of a
/// loop over two arrays, but not of one over two parts of what might be the same.
final class PlainProducts implements MatrixProducts {

  @Override
  public Panels zero(int rows, int columns) {
    return Panels.zero(rows, columns, 1);
  }

  @Override
  public void multiply(Panels a, Panels b, Panels c) {
    float[][] terms = columns(a);
    float[] sum = new float[c.rows()];
    for (int column = 0; column < c.columns(); column++) {
      Arrays.fill(sum, 0);
      for (int k = 0; k < terms.length; k++) {
        addScaled(terms[k], b.values()[b.index(k, column)], sum);
      }
      System.arraycopy(sum, 0, c.values(), c.index(0, column), sum.length);
    }
  }

  @Override
  public void multiplySymmetric(Panels a, Panels b, Panels c) {
    float[][] left = columns(a);
    float[][] right = columns(b);
    for (int row = 0; row < c.rows(); row++) {
      for (int column = 0; column <= row; column++) {
        c.values()[c.index(row, column)] = dot(left[row], right[column]);
      }
    }
    c.mirror();
  }

  private static float[][] columns(Panels matrix) {
    float[][] columns = new float[matrix.columns()][];
    for (int column = 0; column < columns.length; column++) {
      int from = matrix.index(0, column);
      columns[column] = Arrays.copyOfRange(matrix.values(), from, from + matrix.rows());
    }
    return columns;
  }

  private static void addScaled(float[] from, float factor, float[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] += factor * from[i];
    }
  }

  /// The inner product of two vectors, in four sums, which the processor adds up at the same time.
  private static float dot(float[] a, float[] b) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    int i = 0;
    for (; i + 3 < a.length; i += 4) {
      s0 += a[i] * b[i];
      s1 += a[i + 1] * b[i + 1];
      s2 += a[i + 2] * b[i + 2];
      s3 += a[i + 3] * b[i + 3];
    }
    for (; i < a.length; i++) {
      s0 += a[i] * b[i];
    }
    return (s0 + s1) + (s2 + s3);
  }
}
