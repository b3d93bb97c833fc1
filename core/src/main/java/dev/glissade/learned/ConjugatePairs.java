package dev.glissade.learned;

import java.util.Arrays;

/// Pairs that are made conjugate, and the inverse Hessian that is made of them.
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
/// References: R. Schnabel, *Quasi-Newton methods using multiple secant equations*, 1983.
final class ConjugatePairs {

  /// The least part of s and of y that must be left of a pair for it to be kept.
  private static final double LEAST_PART = 1e-2;

  /// The least cosine between what is left of s and of y.
  private static final double LEAST_COSINE = 1e-4;

  private final double[][] steps; // s, the newest first
  private final double[][] changes; // y
  private final double[] curvatures; // sᵀy
  private int kept; // how many there are

  ConjugatePairs(int memory, int size) {
    steps = new double[memory][size];
    changes = new double[memory][size];
    curvatures = new double[memory];
  }

  /// Makes pairs conjugate, from the newest to the oldest, and leaves out those that do not agree
  /// with newer ones.
  ///
  /// @param pairs of the same memory and size
  /// @param tolerance the largest |sᵀy' − yᵀs'| by √(sᵀy·s'ᵀy') of two pairs that agree, ≥ 0
  void take(CurvaturePairs pairs, double tolerance) {
    kept = 0;
    for (int age = 0; age < pairs.size(); age++) {
      double[] s = steps[kept];
      double[] y = changes[kept];
      double wholeStep = widen(pairs.step(age), s);
      double wholeChange = widen(pairs.change(age), y);
      if (isMadeConjugate(s, y, tolerance)) {
        double leftStep = Math.sqrt(CurvaturePairs.dot(s, s));
        double leftChange = Math.sqrt(CurvaturePairs.dot(y, y));
        double curvature = CurvaturePairs.dot(s, y);
        if (leftStep > LEAST_PART * wholeStep
            && leftChange > LEAST_PART * wholeChange
            && curvature > LEAST_COSINE * leftStep * leftChange) {
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
    double curvature = CurvaturePairs.dot(s, y);
    for (int i = 0; i < kept; i++) {
      double product = CurvaturePairs.dot(s, changes[i]);
      double twin = CurvaturePairs.dot(y, steps[i]); // the same where the Hessian is
      if (Math.abs(product - twin) > tolerance * Math.sqrt(curvature) * Math.sqrt(curvatures[i])) {
        return false;
      }
      addScaled(-product / curvatures[i], steps[i], s);
      addScaled(-product / curvatures[i], changes[i], y);
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
      projections[i] = CurvaturePairs.dot(steps[i], vector) / curvatures[i];
      addScaled(-projections[i], changes[i], vector);
    }
    for (int n = 0; n < vector.length; n++) {
      vector[n] *= initial[n];
    }
    for (int i = kept - 1; i >= 0; i--) {
      double back = CurvaturePairs.dot(changes[i], vector) / curvatures[i];
      addScaled(projections[i] - back, steps[i], vector);
    }
  }

  /// Copies floats to doubles, and gives their norm.
  private static double widen(float[] from, double[] to) {
    Arrays.setAll(to, n -> from[n]);
    return Math.sqrt(CurvaturePairs.dot(to, to));
  }

  private static void addScaled(double factor, double[] from, double[] to) {
    for (int n = 0; n < to.length; n++) {
      to[n] += factor * from[n];
    }
  }
}
