package dev.glissade.internal.kernel;

import static dev.glissade.internal.kernel.Lanes.PARTIALS;
import static dev.glissade.internal.kernel.Lanes.PARTS;
import static dev.glissade.internal.kernel.LstmState.BLOCK;
import static dev.glissade.internal.kernel.VectorLanes.FLOATS;
import static dev.glissade.internal.kernel.VectorLanes.WIDTH;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;

/// Tiles of five rows by two vectors, for 16 registers: ten sums, and at most six vectors of what
/// they are made of.
///
/// Left to itself the compiler loads all seven before it multiplies any. That is one too many: a
/// sum then goes to the stack and back in each turn, and everything waits for it. So one of the
/// sums is stored in the middle of a turn, where it will end up anyway: nothing is loaded before a
/// store that stands above it.
final class NarrowTiles implements VectorTiles {

  private static final int HEIGHT = 5;

  @Override
  public int height() {
    return HEIGHT;
  }

  @Override
  public int width() {
    return 2;
  }

  @Override
  public void multiply(float[] packed, int count, float[] rows, int x, int inputs, int y) {
    int tiles = down(count);
    for (int tile = 0; tile < tiles; tile++) {
      int p = tile * HEIGHT * (inputs + 1);
      for (int lane = 0; lane < BLOCK; lane += 2 * WIDTH) {
        multiplyTile(packed, p, rows, x + lane, inputs, y + tile * HEIGHT * BLOCK + lane);
      }
    }
  }

  /// Multiplies five rows by two vectors: ten sums stay in registers while the rows of `x` go by.
  private static void multiplyTile(float[] packed, int p, float[] rows, int x, int inputs, int y) {
    FloatVector a00 = broadcast(FLOATS, packed[p]);
    FloatVector a01 = a00;
    FloatVector a10 = broadcast(FLOATS, packed[p + 1]);
    FloatVector a11 = a10;
    FloatVector a20 = broadcast(FLOATS, packed[p + 2]);
    FloatVector a21 = a20;
    FloatVector a30 = broadcast(FLOATS, packed[p + 3]);
    FloatVector a31 = a30;
    FloatVector a40 = broadcast(FLOATS, packed[p + 4]);
    FloatVector a41 = a40;
    for (int k = 0; k < inputs; k++) {
      int xk = x + k * BLOCK;
      int wk = p + HEIGHT + HEIGHT * k;
      FloatVector x0 = fromArray(FLOATS, rows, xk);
      FloatVector x1 = fromArray(FLOATS, rows, xk + WIDTH);
      FloatVector w = broadcast(FLOATS, packed[wk]);
      a00 = w.fma(x0, a00);
      a01 = w.fma(x1, a01);
      w = broadcast(FLOATS, packed[wk + 1]);
      a10 = w.fma(x0, a10);
      a11 = w.fma(x1, a11);
      w = broadcast(FLOATS, packed[wk + 2]);
      a20 = w.fma(x0, a20);
      a21 = w.fma(x1, a21);
      a20.intoArray(rows, y + 2 * BLOCK); // see above
      w = broadcast(FLOATS, packed[wk + 3]);
      a30 = w.fma(x0, a30);
      a31 = w.fma(x1, a31);
      w = broadcast(FLOATS, packed[wk + 4]);
      a40 = w.fma(x0, a40);
      a41 = w.fma(x1, a41);
    }
    a00.intoArray(rows, y);
    a01.intoArray(rows, y + WIDTH);
    a10.intoArray(rows, y + BLOCK);
    a11.intoArray(rows, y + BLOCK + WIDTH);
    a20.intoArray(rows, y + 2 * BLOCK);
    a21.intoArray(rows, y + 2 * BLOCK + WIDTH);
    a30.intoArray(rows, y + 3 * BLOCK);
    a31.intoArray(rows, y + 3 * BLOCK + WIDTH);
    a40.intoArray(rows, y + 4 * BLOCK);
    a41.intoArray(rows, y + 4 * BLOCK + WIDTH);
  }

  /// Two vectors of each row go by in a turn: to find out where they lie takes as long as to
  /// multiply one.
  @Override
  public void outerProducts(float[] rows, int d, int x, int stride, int steps, int s) {
    for (int lane = 0; lane < PARTIALS; lane += WIDTH) {
      addTile(rows, d + lane, x + lane, stride, steps, s + lane);
    }
  }

  private static void addTile(float[] rows, int d, int x, int stride, int steps, int s) {
    FloatVector a00 = fromArray(FLOATS, rows, s);
    FloatVector a01 = fromArray(FLOATS, rows, s + PARTIALS);
    FloatVector a10 = fromArray(FLOATS, rows, s + 2 * PARTIALS);
    FloatVector a11 = fromArray(FLOATS, rows, s + 3 * PARTIALS);
    FloatVector a20 = fromArray(FLOATS, rows, s + 4 * PARTIALS);
    FloatVector a21 = fromArray(FLOATS, rows, s + 5 * PARTIALS);
    FloatVector a30 = fromArray(FLOATS, rows, s + 6 * PARTIALS);
    FloatVector a31 = fromArray(FLOATS, rows, s + 7 * PARTIALS);
    FloatVector a40 = fromArray(FLOATS, rows, s + 8 * PARTIALS);
    FloatVector a41 = fromArray(FLOATS, rows, s + 9 * PARTIALS);
    for (int i = 0; i < steps * PARTS; i += 2) {
      int xi = x + Lanes.offset(i, stride);
      int di = d + Lanes.offset(i, stride);
      FloatVector x0 = fromArray(FLOATS, rows, xi);
      FloatVector x1 = fromArray(FLOATS, rows, xi + BLOCK);
      FloatVector dz = fromArray(FLOATS, rows, di);
      a00 = dz.fma(x0, a00);
      a01 = dz.fma(x1, a01);
      dz = fromArray(FLOATS, rows, di + BLOCK);
      a10 = dz.fma(x0, a10);
      a11 = dz.fma(x1, a11);
      dz = fromArray(FLOATS, rows, di + 2 * BLOCK);
      a20 = dz.fma(x0, a20);
      a21 = dz.fma(x1, a21);
      a20.intoArray(rows, s + 4 * PARTIALS); // see above
      dz = fromArray(FLOATS, rows, di + 3 * BLOCK);
      a30 = dz.fma(x0, a30);
      a31 = dz.fma(x1, a31);
      dz = fromArray(FLOATS, rows, di + 4 * BLOCK);
      a40 = dz.fma(x0, a40);
      a41 = dz.fma(x1, a41);
      x0 = fromArray(FLOATS, rows, xi + PARTIALS);
      x1 = fromArray(FLOATS, rows, xi + BLOCK + PARTIALS);
      dz = fromArray(FLOATS, rows, di + PARTIALS);
      a00 = dz.fma(x0, a00);
      a01 = dz.fma(x1, a01);
      dz = fromArray(FLOATS, rows, di + BLOCK + PARTIALS);
      a10 = dz.fma(x0, a10);
      a11 = dz.fma(x1, a11);
      dz = fromArray(FLOATS, rows, di + 2 * BLOCK + PARTIALS);
      a20 = dz.fma(x0, a20);
      a21 = dz.fma(x1, a21);
      a20.intoArray(rows, s + 4 * PARTIALS); // see above
      dz = fromArray(FLOATS, rows, di + 3 * BLOCK + PARTIALS);
      a30 = dz.fma(x0, a30);
      a31 = dz.fma(x1, a31);
      dz = fromArray(FLOATS, rows, di + 4 * BLOCK + PARTIALS);
      a40 = dz.fma(x0, a40);
      a41 = dz.fma(x1, a41);
    }
    a00.intoArray(rows, s);
    a01.intoArray(rows, s + PARTIALS);
    a10.intoArray(rows, s + 2 * PARTIALS);
    a11.intoArray(rows, s + 3 * PARTIALS);
    a20.intoArray(rows, s + 4 * PARTIALS);
    a21.intoArray(rows, s + 5 * PARTIALS);
    a30.intoArray(rows, s + 6 * PARTIALS);
    a31.intoArray(rows, s + 7 * PARTIALS);
    a40.intoArray(rows, s + 8 * PARTIALS);
    a41.intoArray(rows, s + 9 * PARTIALS);
  }
}
