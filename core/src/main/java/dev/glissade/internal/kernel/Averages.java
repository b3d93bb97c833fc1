package dev.glissade.internal.kernel;

import static dev.glissade.internal.kernel.LstmState.BLOCK;

import java.util.Arrays;

/// Averages of the global cells over all coordinates: sums over parts, added up in their order, so
/// that it does not matter which thread works on which part.
final class Averages {

  private int cells;
  private int parts;
  private double[] sums = {}; // [≥ parts][cells]
  private float[] means = {}; // [≥ cells]

  /// Starts over, with the first `cells` rows of blocks that are shared out among so many parts.
  ///
  /// @return this
  Averages of(int parts, int cells) {
    this.cells = cells;
    this.parts = parts;
    if (sums.length < parts * cells) {
      sums = new double[parts * cells];
    }
    if (means.length < cells) {
      means = new float[cells];
    }
    Arrays.fill(sums, 0);
    return this;
  }

  /// Adds the rows of a block, from `row` on, to the sums of a part. Lanes that no coordinate uses
  /// must be 0.
  void add(int part, float[] values, int row) {
    for (int u = 0; u < cells; u++) {
      sums[part * cells + u] += sum(values, row + u * BLOCK);
    }
  }

  private static float sum(float[] values, int row) {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    for (int i = row; i < row + BLOCK; i += 4) {
      a += values[i];
      b += values[i + 1];
      c += values[i + 2];
      d += values[i + 3];
    }
    return (a + b) + (c + d);
  }

  /// Makes the averages of what was added, and starts over.
  void finish(int coordinates) {
    for (int u = 0; u < cells; u++) {
      double sum = 0;
      for (int i = u; i < parts * cells; i += cells) {
        sum += sums[i];
      }
      means[u] = (float) (sum / coordinates);
    }
    Arrays.fill(sums, 0);
  }

  /// Puts the averages in the place of the rows of a block, from `row` on.
  ///
  /// @param count how many lanes are in use
  void put(float[] values, int row, int count) {
    for (int u = 0; u < cells; u++) {
      Arrays.fill(values, row + u * BLOCK, row + u * BLOCK + count, means[u]);
    }
  }
}
