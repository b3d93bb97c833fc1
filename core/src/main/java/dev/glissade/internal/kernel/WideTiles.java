package dev.glissade.internal.kernel;

import static dev.glissade.internal.kernel.Lanes.PARTIALS;
import static dev.glissade.internal.kernel.LstmState.BLOCK;
import static dev.glissade.internal.kernel.VectorLanes.FLOATS;
import static dev.glissade.internal.kernel.VectorLanes.WIDTH;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;

/// Tiles of five rows by four vectors: 20 sums, and five vectors of what they are made of. They
/// need 25 registers.
final class WideTiles implements VectorTiles {

  private static final int HEIGHT = 5;

  @Override
  public int height() {
    return HEIGHT;
  }

  @Override
  public int width() {
    return 4;
  }

  @Override
  public void multiply(float[] packed, int count, float[] rows, int x, int inputs, int y) {
    int tiles = down(count);
    for (int tile = 0; tile < tiles; tile++) {
      for (int lane = 0; lane < BLOCK; lane += 4 * WIDTH) {
        int p = tile * HEIGHT * (inputs + 1);
        multiplyTile(packed, p, rows, x + lane, inputs, y + tile * HEIGHT * BLOCK + lane);
      }
    }
  }

  /// Multiplies five rows by four vectors: 20 sums stay in registers while the rows of `x` go by.
  private static void multiplyTile(float[] packed, int p, float[] rows, int x, int inputs, int y) {
    FloatVector b = broadcast(FLOATS, packed[p]);
    FloatVector a00 = b;
    FloatVector a01 = b;
    FloatVector a02 = b;
    FloatVector a03 = b;
    b = broadcast(FLOATS, packed[p + 1]);
    FloatVector a10 = b;
    FloatVector a11 = b;
    FloatVector a12 = b;
    FloatVector a13 = b;
    b = broadcast(FLOATS, packed[p + 2]);
    FloatVector a20 = b;
    FloatVector a21 = b;
    FloatVector a22 = b;
    FloatVector a23 = b;
    b = broadcast(FLOATS, packed[p + 3]);
    FloatVector a30 = b;
    FloatVector a31 = b;
    FloatVector a32 = b;
    FloatVector a33 = b;
    b = broadcast(FLOATS, packed[p + 4]);
    FloatVector a40 = b;
    FloatVector a41 = b;
    FloatVector a42 = b;
    FloatVector a43 = b;
    for (int k = 0; k < inputs; k++) {
      int xk = x + k * BLOCK;
      int wk = p + HEIGHT + HEIGHT * k;
      FloatVector x0 = fromArray(FLOATS, rows, xk);
      FloatVector x1 = fromArray(FLOATS, rows, xk + WIDTH);
      FloatVector x2 = fromArray(FLOATS, rows, xk + 2 * WIDTH);
      FloatVector x3 = fromArray(FLOATS, rows, xk + 3 * WIDTH);
      FloatVector w = broadcast(FLOATS, packed[wk]);
      a00 = w.fma(x0, a00);
      a01 = w.fma(x1, a01);
      a02 = w.fma(x2, a02);
      a03 = w.fma(x3, a03);
      w = broadcast(FLOATS, packed[wk + 1]);
      a10 = w.fma(x0, a10);
      a11 = w.fma(x1, a11);
      a12 = w.fma(x2, a12);
      a13 = w.fma(x3, a13);
      w = broadcast(FLOATS, packed[wk + 2]);
      a20 = w.fma(x0, a20);
      a21 = w.fma(x1, a21);
      a22 = w.fma(x2, a22);
      a23 = w.fma(x3, a23);
      w = broadcast(FLOATS, packed[wk + 3]);
      a30 = w.fma(x0, a30);
      a31 = w.fma(x1, a31);
      a32 = w.fma(x2, a32);
      a33 = w.fma(x3, a33);
      w = broadcast(FLOATS, packed[wk + 4]);
      a40 = w.fma(x0, a40);
      a41 = w.fma(x1, a41);
      a42 = w.fma(x2, a42);
      a43 = w.fma(x3, a43);
    }
    a00.intoArray(rows, y);
    a01.intoArray(rows, y + WIDTH);
    a02.intoArray(rows, y + 2 * WIDTH);
    a03.intoArray(rows, y + 3 * WIDTH);
    a10.intoArray(rows, y + BLOCK);
    a11.intoArray(rows, y + BLOCK + WIDTH);
    a12.intoArray(rows, y + BLOCK + 2 * WIDTH);
    a13.intoArray(rows, y + BLOCK + 3 * WIDTH);
    a20.intoArray(rows, y + 2 * BLOCK);
    a21.intoArray(rows, y + 2 * BLOCK + WIDTH);
    a22.intoArray(rows, y + 2 * BLOCK + 2 * WIDTH);
    a23.intoArray(rows, y + 2 * BLOCK + 3 * WIDTH);
    a30.intoArray(rows, y + 3 * BLOCK);
    a31.intoArray(rows, y + 3 * BLOCK + WIDTH);
    a32.intoArray(rows, y + 3 * BLOCK + 2 * WIDTH);
    a33.intoArray(rows, y + 3 * BLOCK + 3 * WIDTH);
    a40.intoArray(rows, y + 4 * BLOCK);
    a41.intoArray(rows, y + 4 * BLOCK + WIDTH);
    a42.intoArray(rows, y + 4 * BLOCK + 2 * WIDTH);
    a43.intoArray(rows, y + 4 * BLOCK + 3 * WIDTH);
  }

  @Override
  public void outerProducts(float[] rows, int d, int x, int stride, int steps, int s) {
    for (int lane = 0; lane < PARTIALS; lane += WIDTH) {
      addTile(rows, d + lane, x + lane, stride, steps, s + lane);
    }
  }

  private static void addTile(float[] rows, int d, int x, int stride, int steps, int s) {
    FloatVector a00 = fromArray(FLOATS, rows, s);
    FloatVector a01 = fromArray(FLOATS, rows, s + PARTIALS);
    FloatVector a02 = fromArray(FLOATS, rows, s + 2 * PARTIALS);
    FloatVector a03 = fromArray(FLOATS, rows, s + 3 * PARTIALS);
    FloatVector a10 = fromArray(FLOATS, rows, s + 4 * PARTIALS);
    FloatVector a11 = fromArray(FLOATS, rows, s + 5 * PARTIALS);
    FloatVector a12 = fromArray(FLOATS, rows, s + 6 * PARTIALS);
    FloatVector a13 = fromArray(FLOATS, rows, s + 7 * PARTIALS);
    FloatVector a20 = fromArray(FLOATS, rows, s + 8 * PARTIALS);
    FloatVector a21 = fromArray(FLOATS, rows, s + 9 * PARTIALS);
    FloatVector a22 = fromArray(FLOATS, rows, s + 10 * PARTIALS);
    FloatVector a23 = fromArray(FLOATS, rows, s + 11 * PARTIALS);
    FloatVector a30 = fromArray(FLOATS, rows, s + 12 * PARTIALS);
    FloatVector a31 = fromArray(FLOATS, rows, s + 13 * PARTIALS);
    FloatVector a32 = fromArray(FLOATS, rows, s + 14 * PARTIALS);
    FloatVector a33 = fromArray(FLOATS, rows, s + 15 * PARTIALS);
    FloatVector a40 = fromArray(FLOATS, rows, s + 16 * PARTIALS);
    FloatVector a41 = fromArray(FLOATS, rows, s + 17 * PARTIALS);
    FloatVector a42 = fromArray(FLOATS, rows, s + 18 * PARTIALS);
    FloatVector a43 = fromArray(FLOATS, rows, s + 19 * PARTIALS);
    for (int t = 0; t < steps; t++) {
      for (int lane = 0; lane < BLOCK; lane += PARTIALS) {
        int xi = x + t * stride + lane;
        int di = d + t * stride + lane;
        FloatVector x0 = fromArray(FLOATS, rows, xi);
        FloatVector x1 = fromArray(FLOATS, rows, xi + BLOCK);
        FloatVector x2 = fromArray(FLOATS, rows, xi + 2 * BLOCK);
        FloatVector x3 = fromArray(FLOATS, rows, xi + 3 * BLOCK);
        FloatVector dz = fromArray(FLOATS, rows, di);
        a00 = dz.fma(x0, a00);
        a01 = dz.fma(x1, a01);
        a02 = dz.fma(x2, a02);
        a03 = dz.fma(x3, a03);
        dz = fromArray(FLOATS, rows, di + BLOCK);
        a10 = dz.fma(x0, a10);
        a11 = dz.fma(x1, a11);
        a12 = dz.fma(x2, a12);
        a13 = dz.fma(x3, a13);
        dz = fromArray(FLOATS, rows, di + 2 * BLOCK);
        a20 = dz.fma(x0, a20);
        a21 = dz.fma(x1, a21);
        a22 = dz.fma(x2, a22);
        a23 = dz.fma(x3, a23);
        dz = fromArray(FLOATS, rows, di + 3 * BLOCK);
        a30 = dz.fma(x0, a30);
        a31 = dz.fma(x1, a31);
        a32 = dz.fma(x2, a32);
        a33 = dz.fma(x3, a33);
        dz = fromArray(FLOATS, rows, di + 4 * BLOCK);
        a40 = dz.fma(x0, a40);
        a41 = dz.fma(x1, a41);
        a42 = dz.fma(x2, a42);
        a43 = dz.fma(x3, a43);
      }
    }
    a00.intoArray(rows, s);
    a01.intoArray(rows, s + PARTIALS);
    a02.intoArray(rows, s + 2 * PARTIALS);
    a03.intoArray(rows, s + 3 * PARTIALS);
    a10.intoArray(rows, s + 4 * PARTIALS);
    a11.intoArray(rows, s + 5 * PARTIALS);
    a12.intoArray(rows, s + 6 * PARTIALS);
    a13.intoArray(rows, s + 7 * PARTIALS);
    a20.intoArray(rows, s + 8 * PARTIALS);
    a21.intoArray(rows, s + 9 * PARTIALS);
    a22.intoArray(rows, s + 10 * PARTIALS);
    a23.intoArray(rows, s + 11 * PARTIALS);
    a30.intoArray(rows, s + 12 * PARTIALS);
    a31.intoArray(rows, s + 13 * PARTIALS);
    a32.intoArray(rows, s + 14 * PARTIALS);
    a33.intoArray(rows, s + 15 * PARTIALS);
    a40.intoArray(rows, s + 16 * PARTIALS);
    a41.intoArray(rows, s + 17 * PARTIALS);
    a42.intoArray(rows, s + 18 * PARTIALS);
    a43.intoArray(rows, s + 19 * PARTIALS);
  }
}
