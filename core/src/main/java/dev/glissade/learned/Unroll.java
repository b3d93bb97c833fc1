package dev.glissade.learned;

import dev.glissade.ParameterLayout;
import java.util.Arrays;

/// One unroll to go back through: the T steps as they were made, and what the meta-loss is taken to
/// be.
///
/// The derivative of the meta-loss by the update of step t is `Σ_{k>t} multipliers[k]·slopes[k]`.
/// With the gradients of the objective as slopes and the weights of the losses as multipliers, that
/// is exact for a sum of losses where second derivatives are dropped (∂∇ₜ/∂φ = 0). Losses that look
/// at the updates themselves have other slopes.
///
/// An unroll may be a view of some blocks of a wider one: nothing is copied for it.
public final class Unroll {

  private final ParameterLayout layout;
  private final long firstStep;
  private final Series parameters; // [1][N]
  private final double[] losses; // [T + 1]
  private final Series gradients; // [T + 1][N]
  private final Series slopes; // [T + 1][N]
  private final float[] multipliers; // [T + 1]
  private final int[] coordinates;

  private Unroll(
      ParameterLayout layout,
      long firstStep,
      Series parameters,
      double[] losses,
      Series gradients,
      Series slopes,
      float[] multipliers,
      int[] coordinates) {
    this.layout = layout;
    this.firstStep = firstStep;
    this.parameters = parameters;
    this.losses = losses;
    this.gradients = gradients;
    this.slopes = slopes;
    this.multipliers = multipliers;
    this.coordinates = coordinates;
  }

  /// An unroll of a whole trajectory. All arrays are used in place and only read.
  ///
  /// @param slopes `float[T + 1][N]`, of which the first is not used
  /// @param multipliers `float[T + 1]`, of which the first is not used
  /// @param coordinates which of the N coordinates to go back through, ascending
  public Unroll(Trajectory trajectory, float[][] slopes, float[] multipliers, int[] coordinates) {
    this(
        trajectory.layout(),
        trajectory.firstStep(),
        Series.of(new float[][] {trajectory.parameters()}),
        trajectory.losses(),
        Series.of(trajectory.gradients()),
        Series.of(slopes),
        multipliers,
        coordinates);
  }

  /// This unroll with derivatives of another kind.
  ///
  /// @param differences `float[T][N]`: the derivative by what step t gave is the sum of
  ///   `differences[k]` over k ≥ t
  Unroll withDifferences(float[][] differences) {
    float[][] shifted = new float[differences.length + 1][];
    shifted[0] = differences[0]; // not used
    System.arraycopy(differences, 0, shifted, 1, differences.length);
    float[] ones = new float[shifted.length];
    Arrays.fill(ones, 1);
    return new Unroll(
        layout, firstStep, parameters, losses, gradients, Series.of(shifted), ones, coordinates);
  }

  /// The part of this unroll that concerns some of its blocks.
  ///
  /// @param blocks their layout
  /// @param ranges where they lie
  Unroll restrict(ParameterLayout blocks, CoordinateRanges ranges) {
    return new Unroll(
        blocks,
        firstStep,
        parameters.restrict(ranges),
        losses,
        gradients.restrict(ranges),
        slopes.restrict(ranges),
        multipliers,
        ranges.narrow(coordinates));
  }

  /// The layout of the N coordinates.
  public ParameterLayout layout() {
    return layout;
  }

  /// The number of steps, T.
  public int steps() {
    return multipliers.length - 1;
  }

  /// How many updates were made before the first of the steps.
  public long firstStep() {
    return firstStep;
  }

  /// The loss at point t, 0 ≤ t ≤ T.
  public double loss(int t) {
    return losses[t];
  }

  /// Copies θ where the first step started.
  ///
  /// @param to receives it, `float[N]`
  public void parameters(float[] to) {
    parameters.gather(0, to);
  }

  /// Copies the gradient at point t, 0 ≤ t ≤ T.
  ///
  /// @param to receives it, `float[N]`
  public void gradient(int t, float[] to) {
    gradients.gather(t, to);
  }

  /// Which coordinates to go back through, ascending; only to be read.
  public int[] coordinates() {
    return coordinates;
  }

  /// Adds `multipliers[t + 1]·slopes[t + 1]` to what has come from later steps: then it is the
  /// derivative by the update of step t.
  ///
  /// @param derivative `float[N]`, changed at [#coordinates] only
  public void addSlopes(int t, float[] derivative) {
    float multiplier = multipliers[t + 1];
    float[] row = slopes.rows()[t + 1];
    int[] wide = slopes.ranges().wide(coordinates);
    for (int i = 0; i < coordinates.length; i++) {
      derivative[coordinates[i]] += multiplier * row[wide[i]];
    }
  }

  Series gradients() {
    return gradients;
  }

  Series slopes() {
    return slopes;
  }

  /// The multipliers of the slopes, one for each point, `float[T + 1]`; only to be read.
  float[] multipliers() {
    return multipliers;
  }
}
