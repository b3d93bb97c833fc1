package dev.glissade.meta;

import dev.glissade.Descent;
import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.learned.DifferentiableRule;

/// One inner optimisation in progress, with the optimizer's state at hand.
///
/// @param batch what is optimised
/// @param optimizer any member of the family
/// @param state of the optimizer, live
/// @param descent which moves on
/// @param <S> the state of the learned optimizer
record Run<S extends OptimizerState>(
    Batch batch, Optimizer<S> optimizer, S state, Descent descent) {

  /// A run from the start of the objectives.
  Run(Batch batch, Optimizer<S> optimizer) {
    this(batch, optimizer, optimizer.start(batch.layout()));
  }

  private Run(Batch batch, Optimizer<S> optimizer, S state) {
    this(
        batch,
        optimizer,
        state,
        Descent.resume(batch, optimizer, batch.initialParameters(), state, 0, 0));
  }

  /// A second run from where this one stands, independent of it.
  Run<S> fork() {
    S copy = freshState();
    copy.copyFrom(state);
    float[] parameters = descent.parameters().clone();
    Descent forked =
        Descent.resume(batch, optimizer, parameters, copy, descent.draws(), descent.step());
    return new Run<>(batch, optimizer, copy, forked);
  }

  /// A state of the optimizer as it is at its start.
  S freshState() {
    return optimizer.start(batch.layout());
  }

  /// Takes some steps with a member of the family.
  ///
  /// @return the sum of the losses of the points reached, as the meta-loss counts them; if an
  ///   evaluation was not finite, that of a run that had not moved
  double advance(Optimizer<S> member, int steps, MetaLoss loss) {
    return advance(member, steps, 0, loss);
  }

  /// Takes some steps, of which the first do not count.
  ///
  /// @param skipped how many do not, < steps
  double advance(Optimizer<S> member, int steps, int skipped, MetaLoss loss) {
    double still = (steps - skipped) * loss.of(descent.loss());
    long before = batch.nonFiniteCount();
    double sum = 0;
    for (int t = 0; t < steps; t++) {
      descent.advance(member);
      if (t >= skipped) {
        sum += loss.of(descent.loss());
      }
    }
    return batch.nonFiniteCount() == before ? sum : still;
  }

  /// Casts a member of a family to what its differentiability promises.
  static <S extends OptimizerState> DifferentiableRule<S> differentiable(Optimizer<S> member) {
    if (member instanceof DifferentiableRule<S> rule) {
      return rule;
    }
    throw new IllegalArgumentException(
        "this optimizer cannot be differentiated: train it with evolution strategies");
  }
}
