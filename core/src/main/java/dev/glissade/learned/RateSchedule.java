package dev.glissade.learned;

import dev.glissade.Coupling;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.ParameterLayout.Block;
import dev.glissade.Point;
import java.util.Arrays;

/// A factor that is a learned function of the step, ρ its logarithm: a power law within each half
/// of a decade,
///
/// ```
/// ρ(t) = r + Σ_k s_k·min(1, max(0, 2·log₁₀(1 + t) − k)),   k = 0 … K − 1
/// ```
///
/// Each s_k says by how much ρ grows within its half of a decade. What no training has reached is
/// flat: past the longest episode, and past the last piece, the rate stays as it is.
///
/// @param halfDecades K ≥ 1: there are pieces for 10^(K/2) steps
record RateSchedule(int halfDecades) implements Factor {

  /// The name of the schedule's block in φ.
  static final String BLOCK = "base/log-rate";

  private static final double PIECES_PER_DECADE = 2;

  /// The most pieces, which are for 10¹² steps.
  private static final int MOST = 24;

  RateSchedule {
    requireHalfDecades(halfDecades);
  }

  /// Throws if there is no schedule with so many pieces.
  static void requireHalfDecades(int halfDecades) {
    if (halfDecades < 1 || halfDecades > MOST) {
      throw new IllegalArgumentException(
          "halfDecades must be from 1 to %s, got %s".formatted(MOST, halfDecades));
    }
  }

  /// The number of weights in φ: r, then the s.
  int size() {
    return 1 + halfDecades;
  }

  @Override
  public ParameterLayout layout() {
    return ParameterLayout.of(BLOCK, size());
  }

  @Override
  public float[] initialWeights(long seed) {
    return new float[size()];
  }

  @Override
  public Coupling coupling() {
    return Coupling.COORDINATES;
  }

  @Override
  public Bound with(float[] weights) {
    return new Schedule(weights.clone());
  }

  /// Whether a block of weights is a schedule, and another the same one with more pieces, or as
  /// many: without them the rate was flat, and with 0 in them it is.
  static boolean goesOn(Block from, Block to) {
    return from.name().endsWith(BLOCK) && to.name().endsWith(BLOCK) && from.size() <= to.size();
  }

  /// Computes ρ after so many steps.
  ///
  /// @param weights r and the s, `float[1 + K]`
  /// @param steps ≥ 0
  static double at(float[] weights, long steps) {
    double pieces = pieces(steps);
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i] * part(i, pieces);
    }
    return sum;
  }

  /// The number of half decades that so many steps are.
  private static double pieces(long steps) {
    return PIECES_PER_DECADE * Math.log10(1.0 + steps);
  }

  /// The derivative of ρ by its i-th weight: ∂ρ/∂r, or ∂ρ/∂s_(i-1).
  private static double part(int i, double pieces) {
    return i == 0 ? 1 : Math.clamp(pieces - (i - 1), 0, 1);
  }

  /// The schedule with these weights.
  @SuppressWarnings("ArrayRecordComponent") // a copy, never changed
  private record Schedule(float[] weights) implements Bound {

    @Override
    public OptimizerState start(ParameterLayout layout) {
      return new OptimizerState.Empty();
    }

    @Override
    public void addTo(Point at, OptimizerState state, double[] logarithms) {
      double rho = at(weights, at.step());
      for (int n = 0; n < logarithms.length; n++) {
        logarithms[n] += rho;
      }
    }

    @Override
    public void backward(
        OptimizerState start, Unroll unroll, float[][] slopes, float[] weightGradient) {
      for (int t = slopes.length - 1; t >= 0; t--) {
        double slope = 0;
        for (int n : unroll.coordinates()) {
          slope += slopes[t][n];
        }
        add(slope, unroll.firstStep() + t, weightGradient);
      }
    }

    @Override
    public void backwardStep(
        OptimizerState before,
        Point at,
        Cotangent<OptimizerState> cotangent,
        float[] weightGradient) {
      double slope = 0;
      for (float own : cotangent.update()) {
        slope += own;
      }
      add(slope, at.step(), weightGradient);
      Arrays.fill(cotangent.gradient(), 0);
    }

    /// Adds the derivatives by r and the s, given that by ρ after `steps` steps.
    private static void add(double slope, long steps, float[] weightGradient) {
      double pieces = pieces(steps);
      for (int i = 0; i < weightGradient.length; i++) {
        weightGradient[i] += (float) (part(i, pieces) * slope);
      }
    }
  }
}
