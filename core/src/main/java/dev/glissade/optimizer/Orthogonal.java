package dev.glissade.optimizer;

import dev.glissade.internal.Vectors;
import dev.glissade.internal.kernel.MatrixProducts;
import dev.glissade.internal.kernel.Panels;

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
    double norm = Math.sqrt(Vectors.squares(values, offset, offset + rows * columns));
    normalize(values, offset, rows * columns, Math.max(EPSILON, norm));
    if (rows > 1 && columns > 1) { // one row is orthogonal once its length is 1
      iterate(values, offset, rows, columns);
    }
    for (int i = offset; i < offset + rows * columns; i++) {
      values[i] *= factor;
    }
  }

  private static void normalize(float[] values, int offset, int count, double norm) {
    float scale = (float) (1 / norm);
    for (int i = offset; i < offset + count; i++) {
      values[i] = norm < LARGE ? scale * values[i] : (float) (values[i] / norm);
    }
  }

  /// Iterates on Xᵀ, which is the matrix itself or the transposed one: n rows, m ≤ n columns.
  private static void iterate(float[] values, int offset, int rows, int columns) {
    int n = Math.max(rows, columns);
    int m = Math.min(rows, columns);
    MatrixProducts products = MatrixProducts.create((long) n * m * m);
    Panels x = products.zero(n, m);
    Panels next = products.zero(n, m);
    Panels gram = products.zero(m, m); // A
    Panels polynomial = products.zero(m, m);
    boolean transposed = rows < n;
    x.read(values, offset, transposed);
    for (int k = 0; k < ITERATIONS; k++) {
      products.multiplySymmetric(x, x, gram);
      products.multiplySymmetric(gram, gram, polynomial);
      combine(gram, polynomial);
      products.multiply(x, polynomial, next);
      Panels free = x;
      x = next;
      next = free;
    }
    x.write(values, offset, transposed);
  }

  /// Makes aI + bA + cA² of A².
  private static void combine(Panels gram, Panels square) {
    float[] a = gram.values();
    float[] polynomial = square.values();
    for (int i = 0; i < polynomial.length; i++) {
      polynomial[i] = B * a[i] + C * polynomial[i];
    }
    for (int i = 0; i < square.rows(); i++) {
      polynomial[square.index(i, i)] += A;
    }
  }
}
