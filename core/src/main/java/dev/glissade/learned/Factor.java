package dev.glissade.learned;

import dev.glissade.Coupling;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.Point;

/// A learned factor of a [Corrected] update, given by its logarithm.
///
/// The derivative of an update by the logarithm of any of its factors is the update itself. So one
/// backward pass serves all factors: it is given the derivatives of the meta-loss by the logarithm,
/// the *slopes*.
interface Factor {

  /// The names and shapes of the factor's weights.
  ParameterLayout layout();

  /// Weights with which the factor is 1, whatever else they hold.
  float[] initialWeights(long seed);

  /// The factor with these weights.
  Bound with(float[] weights);

  /// What the factor mixes, whatever its weights.
  Coupling coupling();

  /// A factor bound to its weights. States are those that it made itself, for this φ or another.
  interface Bound {

    OptimizerState start(ParameterLayout layout);

    /// Adds the logarithm of the factor for each coordinate.
    ///
    /// @param state moved on to the next step
    /// @param logarithms `double[N]`, added to
    void addTo(Point at, OptimizerState state, double[] logarithms);

    /// Goes back through the T steps of an unroll.
    ///
    /// @param start the state before the first step, only read
    /// @param slopes ∂L/∂logarithm of each step, `float[T][N]`, right at the unroll's coordinates;
    ///   may be overwritten
    /// @param weightGradient of this factor's weights, added to
    void backward(OptimizerState start, Unroll unroll, float[][] slopes, float[] weightGradient);

    /// Goes back through one step.
    ///
    /// @param before the state before the step, only read
    /// @param cotangent whose `update` is ∂L/∂logarithm
    /// @param weightGradient of this factor's weights, added to
    void backwardStep(
        OptimizerState before,
        Point at,
        Cotangent<OptimizerState> cotangent,
        float[] weightGradient);
  }
}
