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

  /// A learned optimizer that can send a gradient back through its own update steps.
  ///
  /// @param <S> the state of its members
  interface Backpropagatable<S extends OptimizerState> extends LearnedOptimizer<S> {

    /// Back-propagation through one unroll of T ≥ 1 steps, in which step t turned the gradient
    /// `gradients[t]` into an update. With A = `multipliers`, the derivative of the meta-loss by
    /// the update of step t is taken to be `Σ_{k>t} A[k]·gradients[k]`: with A the loss weights,
    /// that is exact where second derivatives are dropped. A caller that knows these derivatives
    /// otherwise goes back one step at a time, T = 1, and passes the derivative as `gradients[1]`.
    ///
    /// @param weights φ, only read
    /// @param start the state before the first of the T steps, only read
    /// @param gradients `float[T + 1][N]`, only read
    /// @param multipliers `float[T + 1]`; element 0 is never used
    /// @param coordinates which of the N coordinates to go back through, ascending
    /// @param weightGradient `float[layout().size()]`, to which ∂L/∂φ is added
    void backward(
        float[] weights,
        S start,
        float[][] gradients,
        float[] multipliers,
        int[] coordinates,
        float[] weightGradient);

    /// One step of back-propagation that carries the derivative by the state along, for
    /// meta-gradients with second derivatives.
    ///
    /// @param weights φ, only read
    /// @param start the state before the step, only read
    /// @param gradient ∇f(θ) of the step, `float[N]`, only read
    /// @param updateGradient ∂L/∂update, `float[N]`, only read
    /// @param stateGradient ∂L/∂(state after the step) on entry, ∂L/∂(state before it) on return; a
    ///   fresh state of the optimizer is zero
    /// @param weightGradient `float[layout().size()]`, to which ∂L/∂φ is added
    /// @param gradientGradient receives ∂L/∂∇f(θ), `float[N]`; overwritten
    void backwardStep(
        float[] weights,
        S start,
        float[] gradient,
        float[] updateGradient,
        S stateGradient,
        float[] weightGradient,
        float[] gradientGradient);
  }
}
