package dev.glissade.learned;

/// The normal equations of a linear least-squares problem, which take one sample after the other:
/// (Σ x·xᵀ + λ·n·I)·w = Σ y·x, with n samples and the ridge λ.
final class NormalEquations {

  private final double[][] matrix; // Σ x·xᵀ, its lower half
  private final double[] right; // Σ y·x
  private long samples;

  /// Equations of so many unknowns, without a sample.
  NormalEquations(int unknowns) {
    this.matrix = new double[unknowns][unknowns];
    this.right = new double[unknowns];
  }

  /// Adds a sample.
  ///
  /// @param x `double[unknowns]`
  void add(double[] x, double y) {
    samples++;
    for (int i = 0; i < x.length; i++) {
      right[i] += y * x[i];
      for (int j = 0; j <= i; j++) {
        matrix[i][j] += x[i] * x[j];
      }
    }
  }

  /// The solution w, by Cholesky's decomposition.
  ///
  /// @param ridge λ > 0, which makes it exist
  double[] solve(double ridge) {
    int count = right.length;
    double[][] lower = new double[count][count];
    double[] w = new double[count];
    for (int i = 0; i < count; i++) {
      for (int j = 0; j <= i; j++) {
        double rest = matrix[i][j] + (i == j ? ridge * samples : 0) - dot(lower[i], lower[j], j);
        lower[i][j] = i == j ? Math.sqrt(rest) : rest / lower[j][j];
      }
      w[i] = (right[i] - dot(lower[i], w, i)) / lower[i][i];
    }
    for (int i = count - 1; i >= 0; i--) {
      for (int j = i + 1; j < count; j++) {
        w[i] -= lower[j][i] * w[j];
      }
      w[i] /= lower[i][i];
    }
    return w;
  }

  private static double dot(double[] a, double[] b, int count) {
    double sum = 0;
    for (int k = 0; k < count; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }
}
