package dev.glissade.problem;

import dev.glissade.Objective;

/// The fast iterative shrinkage-thresholding algorithm, for the least values of lassos.
///
/// It takes λ·sgn θ off an objective's gradient: what is left is the slope of the squares.
///
/// Reference: A. Beck and M. Teboulle, *A fast iterative shrinkage-thresholding algorithm for
/// linear inverse problems*, 2009.
final class Fista {

  private static final int POWER_STEPS = 200;

  private Fista() {}

  /// Runs it from 0.
  ///
  /// @param lambda λ of the objective
  static float[] minimize(Objective objective, double lambda, int steps) {
    int size = objective.layout().size();
    double rate = 1 / steepest(objective, lambda, size);
    double[] x = new double[size];
    double[] z = new double[size];
    double t = 1;
    for (int step = 0; step < steps; step++) {
      double[] slope = slope(objective, lambda, z);
      double next = (1 + Math.sqrt(1 + 4 * t * t)) / 2;
      for (int j = 0; j < size; j++) {
        double moved = z[j] - rate * slope[j];
        double shrunk = Math.signum(moved) * Math.max(0, Math.abs(moved) - rate * lambda);
        z[j] = shrunk + (t - 1) / next * (shrunk - x[j]);
        x[j] = shrunk;
      }
      t = next;
    }
    return floats(x);
  }

  /// The slope of the squares at a point.
  private static double[] slope(Objective objective, double lambda, double[] point) {
    float[] rounded = floats(point);
    float[] gradient = new float[point.length];
    objective.evaluate(rounded, 0, gradient);
    double[] slope = new double[point.length];
    for (int j = 0; j < point.length; j++) {
      slope[j] = gradient[j] - lambda * Math.signum(rounded[j]);
    }
    return slope;
  }

  /// A little more than the greatest curvature of the squares, by powers.
  private static double steepest(Objective objective, double lambda, int size) {
    double[] at0 = slope(objective, lambda, new double[size]);
    double[] v = new double[size];
    for (int j = 0; j < size; j++) {
      v[j] = 1.0 / (j + 1);
    }
    double length = 1;
    for (int step = 0; step < POWER_STEPS; step++) {
      double[] next = slope(objective, lambda, v);
      length = 0;
      for (int j = 0; j < size; j++) {
        next[j] -= at0[j];
        length += next[j] * next[j];
      }
      length = Math.sqrt(length);
      for (int j = 0; j < size; j++) {
        v[j] = next[j] / length;
      }
    }
    return 1.02 * length;
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int j = 0; j < values.length; j++) {
      floats[j] = (float) values[j];
    }
    return floats;
  }
}
