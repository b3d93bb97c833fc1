package dev.glissade.optimizer;

import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.Point;
import java.util.ArrayList;
import java.util.List;

/// L-BFGS: steps by an inverse Hessian that is made of the last steps and what they did to the
/// gradient. One evaluation a step, no line search.
///
/// ```
/// s = θ − θ before,   y = g − g before     kept if sᵀy > 10⁻⁷·‖s‖·‖y‖, the last `memory` of them
/// d = H·g,   by the two-loop recursion from H₀ = sᵀy/yᵀy of the last pair
/// update = −η·d,   of the first step −η·g·min(1, 1/‖g‖₁)
/// ```
///
/// It is for functions without noise. On others y is mostly noise, and so are the steps. Pairs that
/// do not curve upwards are left out, so H stays positive definite. Sums are in double precision.
///
/// References: J. Nocedal, *Updating quasi-Newton matrices with limited storage*, 1980; D. Liu, J.
/// Nocedal, *On the limited memory BFGS method for large scale optimization*, 1989, algorithm 2.1.
///
/// @param learningRate η > 0, a factor on the direction: 1 is what the theory wants
/// @param memory how many pairs are kept, ≥ 1
public record Lbfgs(double learningRate, int memory) implements Optimizer<Lbfgs.State> {

  /// The least cosine between s and y: below it, rounding may have made all of sᵀy.
  private static final double LEAST_COSINE = 1e-7;

  /// What L-BFGS remembers: the last point, and pairs in rings of `memory` rows.
  ///
  /// @param parameters θ before, `float[N]`
  /// @param gradient g before, `float[N]`
  /// @param steps s, `float[memory][N]`
  /// @param changes y, `float[memory][N]`
  /// @param count how many pairs were kept so far, `float[1]`
  @SuppressWarnings("ArrayRecordComponent") // live, as states are
  public record State(
      float[] parameters, float[] gradient, float[][] steps, float[][] changes, float[] count)
      implements OptimizerState {
    @Override
    public List<float[]> arrays() {
      List<float[]> arrays = new ArrayList<>(List.of(parameters, gradient, count));
      arrays.addAll(List.of(steps));
      arrays.addAll(List.of(changes));
      return arrays;
    }

    /// How many pairs there are.
    private int size() {
      return Math.min((int) count[0], steps.length);
    }

    /// The row of a pair, the newest for 0.
    private int row(int age) {
      return Math.floorMod((int) count[0] - 1 - age, steps.length);
    }
  }

  public Lbfgs {
    Require.positive("learningRate", learningRate);
    if (memory < 1) {
      throw new IllegalArgumentException("memory must be >= 1, got " + memory);
    }
  }

  /// L-BFGS that keeps ten pairs.
  public Lbfgs(double learningRate) {
    this(learningRate, 10);
  }

  @Override
  public State start(ParameterLayout layout) {
    int size = layout.size();
    return new State(
        new float[size],
        new float[size],
        new float[memory][size],
        new float[memory][size],
        new float[1]);
  }

  @Override
  public void update(Point at, State state, float[] update) {
    float[] gradient = at.gradient();
    if (at.step() > 0) {
      remember(at, state);
    }
    System.arraycopy(at.parameters(), 0, state.parameters, 0, update.length);
    System.arraycopy(gradient, 0, state.gradient, 0, update.length);
    double[] direction = new double[update.length];
    for (int i = 0; i < direction.length; i++) {
      direction[i] = gradient[i];
    }
    double rate = learningRate;
    if (state.size() > 0) {
      multiply(state, direction);
    } else {
      rate *= Math.min(1, 1 / sumOfSizes(gradient));
    }
    for (int i = 0; i < update.length; i++) {
      update[i] = Saturated.of((float) (-rate * direction[i]));
    }
  }

  /// Keeps the last step and what it did to the gradient, if that curves upwards.
  private static void remember(Point at, State state) {
    float[] parameters = at.parameters();
    float[] gradient = at.gradient();
    double sy = 0;
    double ss = 0;
    double yy = 0;
    for (int i = 0; i < gradient.length; i++) {
      double s = (double) parameters[i] - state.parameters[i];
      double y = (double) gradient[i] - state.gradient[i];
      sy += s * y;
      ss += s * s;
      yy += y * y;
    }
    if (sy > LEAST_COSINE * Math.sqrt(ss) * Math.sqrt(yy)) {
      int row = state.row(-1);
      for (int i = 0; i < gradient.length; i++) {
        state.steps[row][i] = Saturated.of(parameters[i] - state.parameters[i]);
        state.changes[row][i] = Saturated.of(gradient[i] - state.gradient[i]);
      }
      state.count[0]++;
    }
  }

  /// Multiplies a direction with the inverse Hessian, by the two-loop recursion.
  private static void multiply(State state, double[] direction) {
    double[] projections = new double[state.size()];
    for (int age = 0; age < projections.length; age++) {
      float[] s = state.steps[state.row(age)];
      float[] y = state.changes[state.row(age)];
      projections[age] = dot(s, direction) / dot(s, y);
      addScaled(-projections[age], y, direction);
    }
    float[] newest = state.changes[state.row(0)];
    double scale = dot(state.steps[state.row(0)], newest) / dot(newest, newest);
    for (int i = 0; i < direction.length; i++) {
      direction[i] *= scale;
    }
    for (int age = projections.length - 1; age >= 0; age--) {
      float[] s = state.steps[state.row(age)];
      float[] y = state.changes[state.row(age)];
      addScaled(projections[age] - dot(y, direction) / dot(s, y), s, direction);
    }
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  private static double dot(float[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static void addScaled(double factor, float[] from, double[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] += factor * from[i];
    }
  }

  private static double sumOfSizes(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += Math.abs(value);
    }
    return sum;
  }
}
