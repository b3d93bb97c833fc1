package dev.glissade;

/// A family of optimizers indexed by learned weights φ.
///
/// Estimators that need only forward runs accept any of these; truncated back-propagation asks for
/// a [Backpropagatable] one.
///
/// @param <S> the state of its members; the same type for every φ
public interface LearnedOptimizer<S extends OptimizerState> {

  /// The names and shapes of the blocks inside φ.
  ParameterLayout layout();

  /// Freshly initialised weights, `float[layout().size()]`.
  float[] initialWeights(long seed);

  /// The member of the family with these weights, which are copied.
  Optimizer<S> with(float[] weights);

  /// A family whose members can send a gradient back through their own update steps.
  ///
  /// @param <S> the state of its members
  interface Backpropagatable<S extends OptimizerState> extends LearnedOptimizer<S> {
    @Override
    DifferentiableRule<S> with(float[] weights);
  }

  /// An update rule that can be differentiated by its weights.
  ///
  /// @param <S> its state
  interface DifferentiableRule<S extends OptimizerState> extends Optimizer<S> {

    /// Goes back through one unroll of T ≥ 1 steps, in which step t turned the gradient
    /// `gradients[t]` into an update. The derivative of the meta-loss by that update is taken to be
    /// `Σ_{k>t} multipliers[k]·gradients[k]`: with the loss weights as multipliers, that is exact
    /// where second derivatives are dropped (∂∇ₜ/∂φ = 0).
    ///
    /// @param start the state before the first of the T steps, only read
    /// @param gradients `float[T + 1][N]`, only read
    /// @param multipliers `float[T + 1]`; element 0 is never used
    /// @param coordinates which of the N coordinates to go back through, ascending
    /// @param weightGradient `float[φ]`, to which ∂L/∂φ is added
    void backward(
        S start,
        float[][] gradients,
        float[] multipliers,
        int[] coordinates,
        float[] weightGradient);

    /// Goes back through one step and carries the derivative by the state along, for meta-gradients
    /// with second derivatives.
    ///
    /// @param start the state before the step, only read
    /// @param gradient ∇f(θ) of the step, `float[N]`, only read
    /// @param updateGradient ∂L/∂update, `float[N]`, only read
    /// @param stateGradient ∂L/∂(state after the step) on entry, ∂L/∂(state before it) on return; a
    ///   fresh state of the optimizer serves as zero
    /// @param weightGradient `float[φ]`, to which ∂L/∂φ is added
    /// @param gradientGradient receives ∂L/∂∇f(θ), `float[N]`; overwritten
    void backwardStep(
        S start,
        float[] gradient,
        float[] updateGradient,
        S stateGradient,
        float[] weightGradient,
        float[] gradientGradient);
  }
}
