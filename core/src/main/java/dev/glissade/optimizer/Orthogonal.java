package dev.glissade.optimizer;

import java.util.Arrays;

/// The nearest matrix whose singular values are all one, approximately.
///
/// Five iterations of `X ← aX + (bA + cA²)X` with A = XXᵀ, from X of Frobenius norm 1: an odd
/// polynomial of degree 5 in every singular value, whose coefficients K. Jordan et al. (*Muon*,
/// 2024) chose so that small values grow fast, at the price of a value between 0.7 and 1.2 in place
/// of exactly 1.
final class Orthogonal {

  private static final int ITERATIONS = 5;
  private static final float A = 3.4445f;
  private static final float B = -4.7750f;
  private static final float C = 2.0315f;

  /// The least norm that is brought to 1: the authors' ε. They add it; as a bound it leaves all
  /// larger matrices as they are.
  private static final double EPSILON = 1e-7;

  /// Beyond, the reciprocal of a norm would be no ordinary float.
  private static final double LARGE = 1e30;

  private Orthogonal() {}

  /// Replaces a matrix by a multiple of the orthogonal one. One with a norm below ε becomes shorter
  /// in proportion, and zero stays zero.
  ///
  /// @param values holds it, row by row
  /// @param offset where it starts
  static void replace(float[] values, int offset, int rows, int columns, float factor) {
    double squares = 0;
    for (int i = offset; i < offset + rows * columns; i++) {
      squares += (double) values[i] * values[i];
    }
    double norm = Math.max(EPSILON, Math.sqrt(squares));
    float scale = (float) (1 / norm);
    boolean wide = rows <= columns;
    float[][] x = new float[Math.min(rows, columns)][Math.max(rows, columns)];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        float value = values[offset + r * columns + c];
        x[wide ? r : c][wide ? c : r] = norm < LARGE ? scale * value : (float) (value / norm);
      }
    }
    if (x.length > 1) { // one row is orthogonal once its length is 1
      x = iterate(x);
    }
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        values[offset + r * columns + c] = factor * x[wide ? r : c][wide ? c : r];
      }
    }
  }

  /// @param start X, `float[m][n]`, m ≤ n; overwritten
  private static float[][] iterate(float[][] start) {
    int m = start.length;
    float[][] x = start;
    float[][] next = new float[m][start[0].length];
    float[][] gram = new float[m][m]; // A
    for (int k = 0; k < ITERATIONS; k++) {
      gram(x, gram);
      for (int i = 0; i < m; i++) {
        Arrays.fill(next[i], 0);
        for (int j = 0; j < m; j++) {
          float weight = B * gram[i][j] + C * dot(gram[i], gram[j]) + (i == j ? A : 0);
          addScaled(x[j], weight, next[i]);
        }
      }
      float[][] free = x;
      x = next;
      next = free;
    }
    return x;
  }

  private static void gram(float[][] x, float[][] gram) {
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j <= i; j++) {
        gram[i][j] = dot(x[i], x[j]);
        gram[j][i] = gram[i][j];
      }
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

  private static void addScaled(float[] from, float factor, float[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] += factor * from[i];
    }
  }
}
