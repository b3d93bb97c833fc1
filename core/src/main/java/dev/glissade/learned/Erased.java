package dev.glissade.learned;

import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;

/// Rules whose type of state is forgotten, for those that hold several of different types.
///
/// That is sound as long as a state is given only to the rule that made it, or to another member of
/// its family: one family has one type of state.
final class Erased {

  private Erased() {}

  @SuppressWarnings("unchecked")
  static Optimizer<OptimizerState> rule(Optimizer<?> rule) {
    return (Optimizer<OptimizerState>) rule;
  }

  /// The rule as one that can be differentiated.
  ///
  /// @throws IllegalStateException if it cannot be, which its family's differentiability tells
  @SuppressWarnings("unchecked")
  static DifferentiableRule<OptimizerState> differentiable(Optimizer<?> rule) {
    if (rule instanceof DifferentiableRule<?> differentiable) {
      return (DifferentiableRule<OptimizerState>) differentiable;
    }
    throw new IllegalStateException("a rule that cannot be differentiated: " + rule);
  }
}
