package dev.glissade.learned;

/// Values of N coordinates at several points, which may be some of the columns of wider rows.
///
/// @param rows one for each point, `float[points][W]`
/// @param ranges which columns are the N
@SuppressWarnings("ArrayRecordComponent") // a view
record Series(float[][] rows, CoordinateRanges ranges) {

  /// The series of all columns of some rows.
  static Series of(float[][] rows) {
    return new Series(rows, CoordinateRanges.all(rows[0].length));
  }

  /// Whether the rows have the N columns and no others.
  boolean isWhole() {
    return ranges.isAll(rows[0].length);
  }

  /// The series of some of the N columns.
  Series restrict(CoordinateRanges inner) {
    return new Series(rows, ranges.restrict(inner));
  }

  /// Copies the N columns of one row.
  void gather(int row, float[] to) {
    ranges.gather(rows[row], to);
  }

  /// Copies the columns `columns[from]` … of one row.
  ///
  /// @param columns indices into the rows, as [CoordinateRanges#wide] gives them
  void gather(int row, int[] columns, int from, int count, float[] to) {
    float[] values = rows[row];
    for (int i = 0; i < count; i++) {
      to[i] = values[columns[from + i]];
    }
  }
}
