package dev.glissade.training;

import dev.glissade.LearnedOptimizer;
import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.Point;

/// The fixed point of g(g) as an optimizer: what it optimises are the weights of an optimizer, and
/// the update is what that optimizer proposes itself.
///
/// ```
/// φ ← φ + g_φ(∇L(φ))
/// ```
///
/// The state is that of the family's members, and stays while φ changes.
///
/// @param family of the optimizers whose weights φ are
/// @param <S> the state of its members
record SelfTaught<S extends OptimizerState>(LearnedOptimizer<S> family) implements Optimizer<S> {

  static <S extends OptimizerState> SelfTaught<S> of(LearnedOptimizer<S> family) {
    return new SelfTaught<>(family);
  }

  /// The state that all members start with; it does not depend on φ.
  @Override
  public S start(ParameterLayout layout) {
    return family.with(new float[family.layout().size()]).start(layout);
  }

  @Override
  public void update(Point at, S state, float[] update) {
    family.with(at.parameters()).update(at, state, update);
  }
}
