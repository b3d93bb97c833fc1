package dev.glissade.learned;

import java.util.Arrays;
import java.util.List;

/// Steps s and what they did to the gradient, y, the last `memory` that curve upwards; and the
/// inverse Hessian that is made of them.
///
/// L-BFGS keeps to the newest pair exactly, and to the others only where steps are conjugate, as
/// line searches make them. Here older pairs are made conjugate to all newer ones first,
///
/// ```
/// s ← s − Σ (sᵀy'/s'ᵀy')·s',   y ← y − Σ (sᵀy'/s'ᵀy')·y'
/// ```
///
/// so that on a quadratic H·y = s for all that are kept, and N + 1 evaluations find its minimum
/// without line searches. What is left of a pair that depends on newer ones is rounding: it is left
/// out.
///
/// References: R. Schnabel, *Quasi-Newton methods using multiple secant equations*, 1983; J.
/// Nocedal, *Updating quasi-Newton matrices with limited storage*, 1980.
final class CurvaturePairs {

  /// The least cosine between s and y of a new pair, as rounding may have made less.
  private static final double LEAST_COSINE = 1e-7;

  /// The least part of s and of y that must be left of a pair for it to be kept.
  private static final double LEAST_PART = 1e-2;

  /// The least cosine between what is left of s and of y.
  private static final double LEAST_CONJUGATE_COSINE = 1e-4;

  private final float[][] steps; // s, rings of [memory][N]
  private final float[][] changes; // y
  private final float[] count; // of all pairs so far, [1]
  private final double[][] conjugateSteps; // room, the newest first
  private final double[][] conjugateChanges;
  private final double[] curvatures; // sᵀy of these
  private int kept; // how many of the conjugate ones there are

  CurvaturePairs(int memory, int size) {
    steps = new float[memory][size];
    changes = new float[memory][size];
    count = new float[1];
    conjugateSteps = new double[memory][size];
    conjugateChanges = new double[memory][size];
    curvatures = new double[memory];
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

  /// The harmonic mean of sᵀy/yᵀy over the pairs: the inverse of a curvature that is between the
  /// mean and the largest. The newest pair's alone may be that of the flattest direction, by which
  /// a step along all others would go far beyond.
  double scale() {
    double sum = 0;
    for (int age = 0; age < size(); age++) {
      double[] y = widened(changes[row(age)]);
      sum += dot(y, y) / dot(widened(steps[row(age)]), y);
    }
    return size() / sum;
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

  /// Makes the pairs conjugate, from the newest to the oldest, and leaves out those that do not
  /// agree with newer ones.
  ///
  /// @param tolerance the largest |sᵀy' − yᵀs'| by √(sᵀy·s'ᵀy') of two pairs that agree, ≥ 0
  void conjugate(double tolerance) {
    kept = 0;
    for (int age = 0; age < size(); age++) {
      double[] s = conjugateSteps[kept];
      double[] y = conjugateChanges[kept];
      double wholeStep = widen(steps[row(age)], s);
      double wholeChange = widen(changes[row(age)], y);
      if (isMadeConjugate(s, y, tolerance)) {
        double leftStep = Math.sqrt(dot(s, s));
        double leftChange = Math.sqrt(dot(y, y));
        double curvature = dot(s, y);
        if (leftStep > LEAST_PART * wholeStep
            && leftChange > LEAST_PART * wholeChange
            && curvature > LEAST_CONJUGATE_COSINE * leftStep * leftChange) {
          curvatures[kept++] = curvature;
        }
      }
    }
  }

  /// Makes a pair conjugate to all that are kept.
  ///
  /// @param s overwritten, as y is
  /// @return whether it agrees with them
  private boolean isMadeConjugate(double[] s, double[] y, double tolerance) {
    double curvature = dot(s, y);
    for (int i = 0; i < kept; i++) {
      double product = dot(s, conjugateChanges[i]);
      double twin = dot(y, conjugateSteps[i]); // the same where the Hessian is
      if (Math.abs(product - twin) > tolerance * Math.sqrt(curvature) * Math.sqrt(curvatures[i])) {
        return false;
      }
      addScaled(-product / curvatures[i], conjugateSteps[i], s);
      addScaled(-product / curvatures[i], conjugateChanges[i], y);
    }
    return true;
  }

  /// Multiplies a vector with the inverse Hessian, by the two-loop recursion over the conjugate
  /// pairs.
  ///
  /// @param initial the diagonal of the initial inverse Hessian, `double[N]`
  /// @param vector overwritten
  void multiply(double[] initial, double[] vector) {
    double[] projections = new double[kept];
    for (int i = 0; i < kept; i++) {
      projections[i] = dot(conjugateSteps[i], vector) / curvatures[i];
      addScaled(-projections[i], conjugateChanges[i], vector);
    }
    for (int n = 0; n < vector.length; n++) {
      vector[n] *= initial[n];
    }
    for (int i = kept - 1; i >= 0; i--) {
      double back = dot(conjugateChanges[i], vector) / curvatures[i];
      addScaled(projections[i] - back, conjugateSteps[i], vector);
    }
  }

  private static double[] widened(float[] from) {
    double[] to = new double[from.length];
    widen(from, to);
    return to;
  }

  /// Copies floats to doubles, and gives their norm.
  private static double widen(float[] from, double[] to) {
    Arrays.setAll(to, n -> from[n]);
    return Math.sqrt(dot(to, to));
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int n = 0; n < a.length; n++) {
      sum += a[n] * b[n];
    }
    return sum;
  }

  private static void addScaled(double factor, double[] from, double[] to) {
    for (int n = 0; n < to.length; n++) {
      to[n] += factor * from[n];
    }
  }
}
