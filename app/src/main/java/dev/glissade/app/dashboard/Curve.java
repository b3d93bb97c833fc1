package dev.glissade.app.dashboard;

import java.util.Arrays;

/// A curve of any number of points in bounded memory, for a chart a thousand pixels wide: of
/// neighbouring points the lowest and the highest are kept, so that no spike is lost.
final class Curve {

  /// The number of buckets, even. Twice as many points are drawn.
  static final int BUCKETS = 600;

  private final double[] lowX = new double[BUCKETS];
  private final double[] low = new double[BUCKETS];
  private final double[] highX = new double[BUCKETS];
  private final double[] high = new double[BUCKETS];
  private int used; // buckets, of which the last may not be full
  private int inLast; // points in the last
  private int perBucket = 1; // points
  private double lastX;
  private double last;

  /// Points to draw, in the order of x.
  ///
  /// @param x where
  /// @param y how high, to seven digits
  @SuppressWarnings("ArrayRecordComponent") // made to be written as JSON
  record Points(double[] x, double[] y) {}

  /// Adds a point to the right of all others. One that is not finite cannot be drawn and is left
  /// out.
  void add(double x, double y) {
    if (!Double.isFinite(y)) {
      return;
    }
    if (used == 0 || inLast == perBucket) {
      begin();
    }
    int b = used - 1;
    if (inLast == 0 || y < low[b]) {
      lowX[b] = x;
      low[b] = y;
    }
    if (inLast == 0 || y > high[b]) {
      highX[b] = x;
      high[b] = y;
    }
    inLast++;
    lastX = x;
    last = y;
  }

  /// Begins a bucket; where there is no room, each two become one.
  private void begin() {
    if (used == BUCKETS) {
      for (int b = 0; b < BUCKETS / 2; b++) {
        int lower = low[2 * b] <= low[2 * b + 1] ? 2 * b : 2 * b + 1;
        int higher = high[2 * b] >= high[2 * b + 1] ? 2 * b : 2 * b + 1;
        lowX[b] = lowX[lower];
        low[b] = low[lower];
        highX[b] = highX[higher];
        high[b] = high[higher];
      }
      used = BUCKETS / 2;
      perBucket *= 2;
    }
    used++;
    inLast = 0;
  }

  /// What is left of the curve: its lowest and highest points, and the last.
  Points points() {
    double[] x = new double[2 * used + 1];
    double[] y = new double[2 * used + 1];
    int n = 0;
    for (int b = 0; b < used; b++) {
      boolean rises = lowX[b] <= highX[b];
      n = append(x, y, n, rises ? lowX[b] : highX[b], rises ? low[b] : high[b]);
      n = append(x, y, n, rises ? highX[b] : lowX[b], rises ? high[b] : low[b]);
    }
    if (used > 0) {
      n = append(x, y, n, lastX, last);
    }
    return new Points(Arrays.copyOf(x, n), Arrays.copyOf(y, n));
  }

  /// Appends a point, unless there is one at its place already.
  private static int append(double[] x, double[] y, int n, double atX, double atY) {
    if (n > 0 && x[n - 1] == atX) {
      return n;
    }
    x[n] = atX;
    y[n] = Double.parseDouble(Float.toString((float) atY)); // fewer digits to send
    return n + 1;
  }
}
