package dev.glissade.internal.kernel;

/// The matrix products of [VectorLstmKernels], a tile of sums at a time: they stay in registers
/// while what they are made of goes by. The rules for loops in [Lanes] hold here too.
///
/// How large a tile may be depends on the number of registers: where there are too few, sums go to
/// the stack and back in each turn of a loop, and a product takes twice as long. Each sum is made
/// of the same numbers in the same order in all tiles, so results do not depend on their size.
sealed interface Tiles permits NarrowTiles, WideTiles {

  /// The largest tiles for which this processor has the registers.
  static Tiles fitting() {
    return Registers.COUNT >= 32 ? new WideTiles() : new NarrowTiles();
  }

  /// The number of rows in a tile, of the product or of a weight gradient. The paper's 20 units
  /// make whole tiles.
  int height();

  /// The number of columns in a tile: vectors of coordinates in a product, columns of a weight
  /// gradient.
  int width();

  /// The number of tiles that hold so many rows.
  default int down(int rows) {
    return (rows + height() - 1) / height();
  }

  /// The number of tiles that hold so many columns.
  default int across(int columns) {
    return (columns + width() - 1) / width();
  }

  /// The number of vectors of sums that make a weight gradient.
  default int sums(int rows, int columns) {
    return down(rows) * height() * across(columns) * width();
  }

  /// Which of these vectors is that of an element: tiles `[down][across]`, each `[height][width]`.
  default int sum(int columns, int row, int column) {
    int tile = row / height() * across(columns) + column / width();
    return (tile * height() + row % height()) * width() + column % width();
  }

  /// Computes y = W·x + b, in tiles of [#height] rows of `y`.
  ///
  /// @param packed per tile the biases and then, for each row of `x`, the weights: `[height]` each
  /// @param inputs how many rows `x` has
  void multiply(float[] packed, int tiles, float[] rows, int x, int inputs, int y);

  /// Adds the outer products of the [#height] rows from `d` on with the [#width] from `x` on,
  /// summed over the steps, to a tile of vectors of partial sums.
  ///
  /// @param stride from a row of one step to the same row of the next
  /// @param s the sums, `[height][width]` vectors
  void outerProducts(float[] rows, int d, int x, int stride, int steps, int s);
}
