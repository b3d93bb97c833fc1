package dev.glissade.internal.kernel;

import static dev.glissade.internal.kernel.Lanes.PARTIALS;
import static dev.glissade.internal.kernel.LstmState.BLOCK;

/// The [Tiles] of the Vector API: sums that stay in registers while what they are made of goes by.
/// The rules for loops in [VectorLanes] hold here too.
///
/// How large a tile may be depends on the number of registers: where there are too few, sums go to
/// the stack and back in each turn of a loop, and a product takes twice as long.
sealed interface VectorTiles extends Tiles permits NarrowTiles, WideTiles {

  /// The largest tiles for which this processor has the registers.
  static VectorTiles fitting() {
    return Registers.COUNT >= 32 ? new WideTiles() : new NarrowTiles();
  }

  /// The number of columns in a tile: vectors of coordinates in a product, columns of a weight
  /// gradient. The paper's 20 units make whole tiles.
  int width();

  /// The number of tiles that hold so many columns.
  default int across(int columns) {
    return (columns + width() - 1) / width();
  }

  /// Per tile the biases and then, for each row of `x`, the weights: `[height]` each. Zero rows
  /// fill up the last tile.
  @Override
  default float[] pack(float[] matrix, int count) {
    int width = matrix.length / count;
    float[] packed = new float[down(count) * height() * width];
    for (int row = 0; row < count; row++) {
      int to = row / height() * height() * width + row % height();
      for (int k = 0; k < width; k++) {
        packed[to + k * height()] = matrix[row * width + k];
      }
    }
    return packed;
  }

  @Override
  default int sums(int rows, int columns) {
    return down(rows) * height() * across(columns) * width() * PARTIALS;
  }

  /// Tiles `[down][across]`, each `[height][width]`.
  @Override
  default int sum(int rows, int columns, int row, int column) {
    int tile = row / height() * across(columns) + column / width();
    int inTile = row % height() * width() + column % width();
    return (tile * height() * width() + inTile) * PARTIALS;
  }

  @Override
  default int sumStride(int rows, int columns) {
    return 1;
  }

  /// The last tiles may run over into the rows that follow; what comes of them is not used.
  @Override
  default void addOuterProducts(
      float[] rows, int d, int height, int x, int columns, int stride, int steps, int s) {
    for (int row = 0; row < height; row += height()) {
      for (int k = 0; k < columns; k += width()) {
        int sums = s + sum(height, columns, row, k);
        outerProducts(rows, d + row * BLOCK, x + k * BLOCK, stride, steps, sums);
      }
    }
  }

  /// Adds the outer products of the [#height] rows from `d` on with the [#width] from `x` on,
  /// summed over the steps, to a tile of partial sums, `[height][width][PARTIALS]`.
  void outerProducts(float[] rows, int d, int x, int stride, int steps, int s);
}
