package dev.glissade.app.terminal;

import java.util.Arrays;

/// A curve of a few characters, such as `█▆▄▃▂▁`, of all numbers that were added: the lowest is a
/// line at the bottom, the highest a full block. Numbers that are not finite are left out.
///
/// It keeps as many numbers as it can show, each the mean of equally many: where there is no more
/// room, neighbours become one.
public final class Sparkline {

  private static final String LEVELS = "▁▂▃▄▅▆▇█";

  private final double[] sums;
  private int filled; // cells that are full
  private int share = 1; // numbers in a full cell
  private double sum; // of those that no cell holds yet
  private int count;

  /// A curve without numbers.
  ///
  /// @param width in characters, even, ≥ 2
  public Sparkline(int width) {
    if (width < 2 || width % 2 != 0) {
      throw new IllegalArgumentException("width must be even and >= 2, got " + width);
    }
    sums = new double[width];
  }

  /// Adds the next number.
  public void add(double number) {
    if (!Double.isFinite(number)) {
      return;
    }
    sum += number;
    if (++count < share) {
      return;
    }
    if (filled == sums.length) {
      halve();
      if (count < share) {
        return;
      }
    }
    sums[filled++] = sum;
    sum = 0;
    count = 0;
  }

  private void halve() {
    for (int i = 0; i < sums.length / 2; i++) {
      sums[i] = sums[2 * i] + sums[2 * i + 1];
    }
    filled = sums.length / 2;
    share *= 2;
  }

  /// The curve from the first number to the last full cell; empty while there are fewer than two.
  @Override
  public String toString() {
    if (filled < 2) {
      return "";
    }
    double low = Arrays.stream(sums, 0, filled).min().orElseThrow();
    double high = Arrays.stream(sums, 0, filled).max().orElseThrow();
    StringBuilder curve = new StringBuilder();
    for (int i = 0; i < filled; i++) {
      double height = high > low ? (sums[i] - low) / (high - low) : 0;
      curve.append(LEVELS.charAt((int) Math.round(height * (LEVELS.length() - 1))));
    }
    return curve.toString();
  }
}
