package dev.glissade.learned;

import java.util.List;

/// Steps s and what they did to the gradient, y, the last `memory` that curve upwards; and the
/// inverse Hessian that L-BFGS makes of them, which keeps to the newest pair exactly.
/// [ConjugatePairs] has another that keeps to all.
///
/// References: J. Nocedal, *Updating quasi-Newton matrices with limited storage*, 1980.
final class CurvaturePairs {

  /// The least cosine between s and y of a new pair, as rounding may have made less.
  private static final double LEAST_COSINE = 1e-7;

  private final float[][] steps; // s, rings of [memory][N]
  private final float[][] changes; // y
  private final float[] count; // of all pairs so far, [1]

  CurvaturePairs(int memory, int size) {
    steps = new float[memory][size];
    changes = new float[memory][size];
    count = new float[1];
  }

  /// The arrays that make up the memory: rings and count.
  List<List<float[]>> arrays() {
    return List.of(List.of(count), List.of(steps), List.of(changes));
  }

  /// How many pairs there are.
  int size() {
    return Math.min((int) count[0], steps.length);
  }

  /// Keeps a pair if it curves upwards.
  void add(double[] step, double[] change) {
    double curvature = dot(step, change);
    if (curvature > LEAST_COSINE * Math.sqrt(dot(step, step)) * Math.sqrt(dot(change, change))) {
      int row = row(-1);
      for (int n = 0; n < step.length; n++) {
        steps[row][n] = (float) Math.clamp(step[n], -Float.MAX_VALUE, Float.MAX_VALUE);
        changes[row][n] = (float) Math.clamp(change[n], -Float.MAX_VALUE, Float.MAX_VALUE);
      }
      count[0]++;
    }
  }

  /// The ring's row of a pair, the newest for 0.
  private int row(int age) {
    return Math.floorMod((int) count[0] - 1 - age, steps.length);
  }

  /// The step s of a pair, the newest for 0; `float[N]`, only read.
  float[] step(int age) {
    return steps[row(age)];
  }

  /// The change y of a pair, likewise.
  float[] change(int age) {
    return changes[row(age)];
  }

  /// The harmonic mean of sᵀy/yᵀy over the pairs: the inverse of a curvature that is between the
  /// mean and the largest. The newest pair's alone may be that of the flattest direction, by which
  /// a step along all others would go far beyond.
  double meanScale() {
    double sum = 0;
    for (int age = 0; age < size(); age++) {
      float[] y = change(age);
      sum += dot(y, y) / dot(step(age), y);
    }
    return size() / sum;
  }

  /// sᵀy/yᵀy of the newest pair, the inverse of a curvature, as L-BFGS has it.
  double newestScale() {
    float[] y = change(0);
    return dot(step(0), y) / dot(y, y);
  }

  /// Multiplies a vector with the inverse Hessian of L-BFGS, by the two-loop recursion.
  ///
  /// @param initial the diagonal of the initial inverse Hessian, `double[N]`
  /// @param vector overwritten
  void multiply(double[] initial, double[] vector) {
    int size = size();
    double[] curvatures = new double[size];
    double[] projections = new double[size];
    for (int age = 0; age < size; age++) {
      curvatures[age] = dot(step(age), change(age));
      projections[age] = dot(step(age), vector) / curvatures[age];
      addScaled(-projections[age], change(age), vector);
    }
    for (int n = 0; n < vector.length; n++) {
      vector[n] *= initial[n];
    }
    for (int age = size - 1; age >= 0; age--) {
      double back = dot(change(age), vector) / curvatures[age];
      addScaled(projections[age] - back, step(age), vector);
    }
  }

  /// The curvature of each coordinate as the pairs have it, Σ s·y / Σ s·s over the pairs,
  /// `double[N]`; 0 for one that never moved.
  double[] coordinateCurvatures() {
    int coordinates = steps[0].length;
    double[] above = new double[coordinates];
    double[] below = new double[coordinates];
    for (int age = 0; age < size(); age++) {
      int row = row(age);
      for (int n = 0; n < coordinates; n++) {
        above[n] += (double) steps[row][n] * changes[row][n];
        below[n] += (double) steps[row][n] * steps[row][n];
      }
    }
    for (int n = 0; n < coordinates; n++) {
      above[n] = below[n] > 0 ? above[n] / below[n] : 0;
    }
    return above;
  }

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int n = 0; n < a.length; n++) {
      sum += a[n] * b[n];
    }
    return sum;
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int n = 0; n < a.length; n++) {
      sum += (double) a[n] * b[n];
    }
    return sum;
  }

  private static double dot(float[] a, double[] b) {
    double sum = 0;
    for (int n = 0; n < a.length; n++) {
      sum += a[n] * b[n];
    }
    return sum;
  }

  private static void addScaled(double factor, float[] from, double[] to) {
    for (int n = 0; n < to.length; n++) {
      to[n] += factor * from[n];
    }
  }
}
