package dev.glissade;

/// A function to be minimised: parameters θ in, loss f(θ) and gradient ∇f(θ) out.
///
/// An objective is *pure*: equal parameters and equal `draw` give equal results. A stochastic
/// objective takes its minibatch from `draw`, a deterministic one ignores it. That is what makes
/// runs repeatable, resumable and comparable step by step.
public interface Objective {

  /// The names and shapes of the blocks inside θ.
  ParameterLayout layout();

  /// A fresh copy of the starting point θ₀, `float[N]` with `N = layout().size()`.
  float[] initialParameters();

  /// Evaluates f and ∇f at `parameters`.
  ///
  /// @param parameters θ, `float[N]`, only read
  /// @param draw which minibatch to use, ≥ 0; [Descent] counts it up from 0, one a step
  /// @param gradient receives ∇f(θ), `float[N]`; overwritten, not added to
  /// @return f(θ); NaN or infinite where f is not defined, never an exception for that reason
  double evaluate(float[] parameters, long draw, float[] gradient);
}
