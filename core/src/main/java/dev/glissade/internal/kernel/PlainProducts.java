package dev.glissade.internal.kernel;

import static dev.glissade.internal.kernel.Panels.TILE;

import java.util.Arrays;

/// [MatrixProducts] in plain loops: four terms of all sums of a row at a time, which the compiler
/// makes vectors of where rows are long.
final class PlainProducts implements MatrixProducts {

  @Override
  public Panels zero(int rows, int columns) {
    return Panels.zero(rows, columns, Math.max(TILE, (columns + TILE - 1) / TILE * TILE));
  }

  @Override
  public void multiply(Panels a, Panels b, Panels c) {
    Arrays.fill(c.values(), 0);
    for (int row = 0; row < c.rows(); row++) {
      for (int k = 0; k < b.rows(); k += TILE) {
        addTerms(a.values(), a.index(row, k), 1, b, k, c, row, c.columns());
      }
    }
  }

  @Override
  public void multiplySymmetric(Panels a, Panels b, Panels c) {
    Arrays.fill(c.values(), 0);
    for (int row = 0; row < c.rows(); row++) {
      for (int k = 0; k < b.rows(); k += TILE) {
        addTerms(a.values(), a.index(k, row), a.width(), b, k, c, row, row + 1);
      }
    }
    c.mirror();
  }

  /// Adds four terms to the first sums of a row.
  private static void addTerms(
      float[] a, int pa, int aStep, Panels b, int k, Panels c, int row, int count) {
    int width = b.width();
    addTerms(
        a[pa],
        a[pa + aStep],
        a[pa + 2 * aStep],
        a[pa + 3 * aStep],
        b.values(),
        k * width,
        width,
        c.values(),
        row * c.width(),
        count);
  }

  private static void addTerms(
      float a0,
      float a1,
      float a2,
      float a3,
      float[] b,
      int pb,
      int width,
      float[] c,
      int pc,
      int count) {
    for (int j = 0; j < count; j++) {
      float sum = c[pc + j];
      sum += a0 * b[pb + j];
      sum += a1 * b[pb + width + j];
      sum += a2 * b[pb + 2 * width + j];
      sum += a3 * b[pb + 3 * width + j];
      c[pc + j] = sum;
    }
  }
}
