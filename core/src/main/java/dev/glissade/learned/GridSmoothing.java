package dev.glissade.learned;

import dev.glissade.BlockFilter;
import dev.glissade.ParameterLayout;
import dev.glissade.ParameterLayout.Slice;
import java.util.List;
import java.util.function.ToIntFunction;

/// A symmetric, positive definite matrix K that smooths blocks which are grids, and leaves all
/// other blocks alone:
///
/// ```
/// K = (E + p·I) / (1 + p),   E = (I + ℓ²·L_rows)⁻¹ · (I + ℓ²·L_columns)⁻¹
/// ```
///
/// with L the Laplacian of a line of cells, which is 0 on constants: they stay as they are. E is
/// solved for by elimination, in O(N).
///
/// @param square ℓ² ≥ 0, in cells
/// @param plain p ≥ 0
record GridSmoothing(double square, double plain) {

  /// A block as grids one behind the other: its last two dimensions, or its only one.
  ///
  /// @param offset of its first coordinate in θ
  /// @param count of grids
  /// @param rows of each
  /// @param columns of each
  record Grid(int offset, int count, int rows, int columns) {

    int size() {
      return rows * columns;
    }

    private static Grid of(Slice slice) {
      List<Integer> shape = slice.block().shape();
      int dimensions = shape.size();
      int columns = dimensions > 0 ? shape.get(dimensions - 1) : 1;
      int rows = dimensions > 1 ? shape.get(dimensions - 2) : 1;
      return new Grid(slice.offset(), slice.size() / rows / columns, rows, columns);
    }
  }

  /// The grids of a layout, and room to smooth one after the other, so that no step allocates any.
  ///
  /// @param grids all of them
  /// @param cells of a grid, as many as the largest has
  /// @param rowPivots what the elimination along a row divides by, for the longest
  /// @param columnPivots the same for a column
  @SuppressWarnings("ArrayRecordComponent") // room, which is never compared
  record Grids(List<Grid> grids, double[] cells, double[] rowPivots, double[] columnPivots) {

    /// The blocks that a filter takes.
    static Grids of(ParameterLayout layout, BlockFilter filter) {
      List<Grid> grids =
          layout.slices().stream()
              .filter(slice -> filter.matches(slice.block()))
              .map(Grid::of)
              .toList();
      return new Grids(
          grids,
          new double[most(grids, Grid::size)],
          new double[most(grids, Grid::columns)],
          new double[most(grids, Grid::rows)]);
    }

    private static int most(List<Grid> grids, ToIntFunction<Grid> number) {
      return grids.stream().mapToInt(number).max().orElse(0);
    }
  }

  /// Multiplies a vector with K.
  ///
  /// @param room the blocks that are smoothed; used by one thread at a time
  /// @param vector overwritten, `float[N]`
  void apply(Grids room, float[] vector) {
    for (Grid grid : room.grids) {
      setPivots(room.rowPivots, grid.columns);
      setPivots(room.columnPivots, grid.rows);
      for (int i = 0; i < grid.count; i++) {
        apply(room, grid, vector, grid.offset + i * grid.size());
      }
    }
  }

  /// @param from where the cells of the grid begin in the vector
  private void apply(Grids room, Grid grid, float[] vector, int from) {
    double[] cells = room.cells;
    int size = grid.size();
    for (int n = 0; n < size; n++) {
      cells[n] = vector[from + n];
    }
    smoothRows(cells, grid, room.rowPivots);
    smoothColumns(cells, grid, room.columnPivots);
    for (int n = 0; n < size; n++) {
      double mean = (cells[n] + plain * vector[from + n]) / (1 + plain);
      vector[from + n] = (float) Math.clamp(mean, -Float.MAX_VALUE, Float.MAX_VALUE);
    }
  }

  private void smoothRows(double[] cells, Grid grid, double[] pivots) {
    for (int first = 0; first < grid.size(); first += grid.columns) {
      int last = first + grid.columns - 1;
      cells[first] /= pivots[0];
      for (int n = first + 1; n <= last; n++) {
        cells[n] = (cells[n] + square * cells[n - 1]) / pivots[n - first];
      }
      for (int n = last - 1; n >= first; n--) {
        cells[n] += square / pivots[n - first] * cells[n + 1];
      }
    }
  }

  /// The same down the columns, all of them at a time.
  private void smoothColumns(double[] cells, Grid grid, double[] pivots) {
    int size = grid.size();
    int columns = grid.columns;
    for (int n = 0; n < columns; n++) {
      cells[n] /= pivots[0];
    }
    for (int n = columns; n < size; n++) {
      cells[n] = (cells[n] + square * cells[n - columns]) / pivots[n / columns];
    }
    for (int n = size - columns - 1; n >= 0; n--) {
      cells[n] += square / pivots[n / columns] * cells[n + columns];
    }
  }

  /// Sets what the elimination of I + ℓ²·L divides by, for a line of so many cells.
  private void setPivots(double[] pivots, int cells) {
    for (int n = 0; n < cells; n++) {
      int neighbours = (n > 0 ? 1 : 0) + (n < cells - 1 ? 1 : 0);
      double eliminated = n > 0 ? square * square / pivots[n - 1] : 0;
      pivots[n] = 1 + neighbours * square - eliminated;
    }
  }
}
