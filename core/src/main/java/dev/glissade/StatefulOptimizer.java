package dev.glissade;

/// An optimizer together with a state of its own: all that one run keeps besides θ. A [Descent] has
/// one, and so has a training loop that is not ours and asks for updates.
///
/// @param optimizer the rule
/// @param state what it remembers, live: it changes with every update
/// @param <S> the type of the state
public record StatefulOptimizer<S extends OptimizerState>(Optimizer<S> optimizer, S state) {

  /// An optimizer with a fresh state.
  ///
  /// @param layout of the parameters that it will update
  public static <S extends OptimizerState> StatefulOptimizer<S> start(
      Optimizer<S> optimizer, ParameterLayout layout) {
    return new StatefulOptimizer<>(optimizer, optimizer.start(layout));
  }

  /// Proposes one update and moves the state on; the caller adds the update to θ.
  ///
  /// @param at where the step starts, only read
  /// @param update receives θₜ₊₁ − θₜ, `float[N]`; overwritten
  public void update(Point at, float[] update) {
    optimizer.update(at, state, update);
  }

  /// Lets another optimizer of the same family make the update.
  @SuppressWarnings("unchecked") // one family has one type of state
  void update(Optimizer<?> other, Point at, float[] update) {
    ((Optimizer<S>) other).update(at, state, update);
  }
}
