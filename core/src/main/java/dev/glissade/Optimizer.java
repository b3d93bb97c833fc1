package dev.glissade;

/// An update rule: gradient and state in, update and next state out.
///
/// Hand-designed rules and learned ones implement the same two methods. An optimizer holds its
/// configuration only and is immutable: one instance may serve any number of runs at once, each
/// with a state of its own.
///
/// @param <S> the type of its state
public interface Optimizer<S extends OptimizerState> {

  /// A fresh state for parameters of the given layout.
  S start(ParameterLayout layout);

  /// Proposes one update; the caller adds it to θ.
  ///
  /// @param gradient ∇f(θ), `float[N]`, finite, only read
  /// @param state moved on to the next step
  /// @param update receives θₜ₊₁ − θₜ, `float[N]`; overwritten
  void update(float[] gradient, S state, float[] update);
}
