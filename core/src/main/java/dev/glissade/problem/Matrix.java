package dev.glissade.problem;

/// A dense matrix by rows, with the two operations that a gradient and its transpose need.
///
/// @param values `float[rows · columns]`, never changed
@SuppressWarnings("ArrayRecordComponent") // inside this package only, and never changed
record Matrix(float[] values, int columns) {

  int rows() {
    return values.length / columns;
  }

  /// The inner product of a row and a vector.
  double dot(int row, float[] vector) {
    int offset = row * columns;
    double sum = 0;
    for (int j = 0; j < columns; j++) {
      sum += (double) values[offset + j] * vector[j];
    }
    return sum;
  }

  /// Adds a multiple of a row to a vector: `target += factor · row`.
  void addRow(int row, float factor, float[] target) {
    int offset = row * columns;
    for (int j = 0; j < columns; j++) {
      target[j] += factor * values[offset + j];
    }
  }
}
