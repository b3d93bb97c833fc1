package dev.glissade;

/// An update rule: a point and a state in, an update and the next state out.
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
  /// @param at where the step starts, only read
  /// @param state moved on to the next step
  /// @param update receives θₜ₊₁ − θₜ, `float[N]`; overwritten
  void update(Point at, S state, float[] update);

  /// What an update mixes: on which gradients that of one coordinate depends. A rule that says
  /// nothing is taken to mix everything, which is always right and never the fastest.
  default Coupling coupling() {
    return Coupling.ALL;
  }
}
