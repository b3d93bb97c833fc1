package dev.glissade.internal.kernel;

import static dev.glissade.internal.kernel.Panels.TILE;
import static dev.glissade.internal.kernel.VectorLanes.FLOATS;
import static dev.glissade.internal.kernel.VectorLanes.WIDTH;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/// [MatrixProducts] on the Vector API: four rows by two vectors at a time, whose eight sums stay in
/// registers, of which 16 are enough. As many multiplications then wait for each other as the
/// processors of today have under way. The rules for loops in [VectorLanes] hold here too.
final class VectorProducts implements MatrixProducts {

  /// The columns of a panel.
  private static final int PANEL = 2 * WIDTH;

  /// How many terms of a sum are added before the next sum has its turn: so many rows of a panel
  /// fit in half of a first-level cache of 32 KB.
  private static final int DEPTH = 4096 / PANEL;

  @Override
  public Panels zero(int rows, int columns) {
    return Panels.zero(rows, columns, PANEL);
  }

  @Override
  public void multiply(Panels a, Panels b, Panels c) {
    Arrays.fill(c.values(), 0);
    for (int k = 0; k < b.rows(); k += PANEL) { // the terms that a panel of a holds
      int depth = Math.min(PANEL, b.rows() - k);
      for (int panel = 0; panel < c.count(); panel++) {
        for (int row = 0; row < c.rows(); row += TILE) {
          addTile(
              a.values(),
              a.index(row, k),
              PANEL,
              1,
              b.values(),
              panel * b.size() + k * PANEL,
              depth,
              c.values(),
              panel * c.size() + row * PANEL);
        }
      }
    }
  }

  @Override
  public void multiplySymmetric(Panels a, Panels b, Panels c) {
    Arrays.fill(c.values(), 0);
    for (int k = 0; k < b.rows(); k += DEPTH) {
      int depth = Math.min(DEPTH, b.rows() - k);
      for (int panel = 0; panel < c.count(); panel++) {
        for (int row = panel * PANEL; row < c.rows(); row += TILE) {
          addTile(
              a.values(),
              a.index(k, row),
              1,
              PANEL,
              b.values(),
              panel * b.size() + k * PANEL,
              depth,
              c.values(),
              panel * c.size() + row * PANEL);
        }
      }
    }
    c.mirror();
  }

  /// Adds to four rows of two vectors: c\[r\] += Σ_k a\[r·aRow + k·aStep\]·b\[k\].
  private static void addTile(
      float[] a, int pa, int aRow, int aStep, float[] b, int pb, int depth, float[] c, int pc) {
    FloatVector c00 = fromArray(FLOATS, c, pc);
    FloatVector c01 = fromArray(FLOATS, c, pc + WIDTH);
    FloatVector c10 = fromArray(FLOATS, c, pc + PANEL);
    FloatVector c11 = fromArray(FLOATS, c, pc + PANEL + WIDTH);
    FloatVector c20 = fromArray(FLOATS, c, pc + 2 * PANEL);
    FloatVector c21 = fromArray(FLOATS, c, pc + 2 * PANEL + WIDTH);
    FloatVector c30 = fromArray(FLOATS, c, pc + 3 * PANEL);
    FloatVector c31 = fromArray(FLOATS, c, pc + 3 * PANEL + WIDTH);
    for (int k = 0; k < depth; k++) {
      int ak = pa + k * aStep;
      int bk = pb + k * PANEL;
      FloatVector b0 = fromArray(FLOATS, b, bk);
      FloatVector b1 = fromArray(FLOATS, b, bk + WIDTH);
      FloatVector w = broadcast(FLOATS, a[ak]);
      c00 = w.fma(b0, c00);
      c01 = w.fma(b1, c01);
      w = broadcast(FLOATS, a[ak + aRow]);
      c10 = w.fma(b0, c10);
      c11 = w.fma(b1, c11);
      w = broadcast(FLOATS, a[ak + 2 * aRow]);
      c20 = w.fma(b0, c20);
      c21 = w.fma(b1, c21);
      w = broadcast(FLOATS, a[ak + 3 * aRow]);
      c30 = w.fma(b0, c30);
      c31 = w.fma(b1, c31);
    }
    c00.intoArray(c, pc);
    c01.intoArray(c, pc + WIDTH);
    c10.intoArray(c, pc + PANEL);
    c11.intoArray(c, pc + PANEL + WIDTH);
    c20.intoArray(c, pc + 2 * PANEL);
    c21.intoArray(c, pc + 2 * PANEL + WIDTH);
    c30.intoArray(c, pc + 3 * PANEL);
    c31.intoArray(c, pc + 3 * PANEL + WIDTH);
  }
}
