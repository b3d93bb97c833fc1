package dev.glissade.internal.kernel;

/// A matrix in *panels*: stretches of its columns, each a run of rows of `width` floats. So a
/// matrix product walks through memory as it lies, whatever the number of columns.
///
/// Rows and columns are padded with zeros to whole tiles and whole panels.
///
/// @param rows without the padding
/// @param columns without the padding
/// @param height the rows of a panel, a multiple of [#TILE]
/// @param width the columns of a panel
/// @param values `float[panels][height][width]`, flat
@SuppressWarnings("ArrayRecordComponent") // live, as workspaces are
public record Panels(int rows, int columns, int height, int width, float[] values) {

  /// The number of rows that products take at a time.
  static final int TILE = 4;

  /// The zero matrix.
  static Panels zero(int rows, int columns, int width) {
    int height = padded(rows, TILE);
    return new Panels(rows, columns, height, width, new float[height * padded(columns, width)]);
  }

  private static int padded(int count, int unit) {
    return Math.toIntExact((count + unit - 1L) / unit * unit);
  }

  /// The number of floats in a panel.
  int size() {
    return height * width;
  }

  /// The number of panels.
  int count() {
    return values.length / size();
  }

  /// The index of an element in [#values].
  public int index(int row, int column) {
    return column / width * size() + row * width + column % width;
  }

  /// Copies a matrix into this one, or, transposed, its columns into the rows of this one.
  ///
  /// @param from holds it row by row from `offset` on
  public void read(float[] from, int offset, boolean transposed) {
    for (int panel = 0; panel < count(); panel++) {
      int first = panel * width;
      int some = Math.min(width, columns - first);
      for (int row = 0; row < rows; row++) {
        int to = panel * size() + row * width;
        if (transposed) {
          for (int column = 0; column < some; column++) {
            values[to + column] = from[offset + (first + column) * rows + row];
          }
        } else {
          System.arraycopy(from, offset + row * columns + first, values, to, some);
        }
      }
    }
  }

  /// Copies this matrix to where [#read] has read it.
  public void write(float[] to, int offset, boolean transposed) {
    for (int panel = 0; panel < count(); panel++) {
      int first = panel * width;
      int some = Math.min(width, columns - first);
      for (int row = 0; row < rows; row++) {
        int from = panel * size() + row * width;
        if (transposed) {
          for (int column = 0; column < some; column++) {
            to[offset + (first + column) * rows + row] = values[from + column];
          }
        } else {
          System.arraycopy(values, from, to, offset + row * columns + first, some);
        }
      }
    }
  }

  /// Copies what is below the diagonal of a square matrix to where it belongs above.
  void mirror() {
    for (int panel = 0; panel < count(); panel++) {
      int first = panel * width;
      for (int row = first; row < rows; row++) {
        int from = panel * size() + row * width;
        int to = index(first, row);
        int some = Math.min(width, row - first);
        for (int column = 0; column < some; column++) {
          values[to + column * width] = values[from + column];
        }
      }
    }
  }
}
