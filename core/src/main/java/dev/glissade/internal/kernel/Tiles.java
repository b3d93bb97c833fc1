package dev.glissade.internal.kernel;

/// The matrix products of [BlockLstmKernels], and the order in which they want weights and sums.
///
/// As in [Lanes], each number is made of the same numbers by the same operations in the same order
/// in all implementations.
sealed interface Tiles permits PortableTiles, VectorTiles {

  /// The number of rows that are multiplied at once.
  int height();

  /// The number of tiles that hold so many rows.
  default int down(int rows) {
    return (rows + height() - 1) / height();
  }

  /// Copies a matrix in the order in which [#multiply] wants it.
  ///
  /// @param matrix `[count][1 + inputs]`, flat: of each row of `y` the bias, then the weights
  float[] pack(float[] matrix, int count);

  /// The number of floats that the partial sums of a weight gradient take.
  int sums(int rows, int columns);

  /// The offset in these of an element's first partial sum.
  int sum(int rows, int columns, int row, int column);

  /// From a partial sum of an element to the next.
  int sumStride(int rows, int columns);

  /// Computes y = W·x + b, in tiles of [#height] rows of `y`.
  ///
  /// @param packed W and b, as [#pack] leaves them
  /// @param count how many rows `y` has, at least; the last tile may have more
  /// @param inputs how many rows `x` has
  void multiply(float[] packed, int count, float[] rows, int x, int inputs, int y);

  /// Adds the outer products of the rows from `d` on with those from `x` on, summed over the steps,
  /// to their partial sums.
  ///
  /// @param height how many rows there are from `d` on
  /// @param columns how many rows there are from `x` on
  /// @param stride from a row of one step to the same row of the next
  /// @param s the partial sums
  void addOuterProducts(
      float[] rows, int d, int height, int x, int columns, int stride, int steps, int s);
}
