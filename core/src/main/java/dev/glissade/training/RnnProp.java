package dev.glissade.training;

import dev.glissade.learned.Lstm;
import dev.glissade.learned.Preprocessing;

/// The recipe for RNNprop: an LSTM that sees what Adam sees, m̂/√v̂ and ∇/√v̂ with β = 0.95, and
/// whose updates are bounded, 0.1·tanh. It is trained on randomly scaled coordinates and with a
/// random convex function besides, so that it cannot rely on the scale of the gradients, nor on the
/// landscape of one problem.
///
/// What differs from the reference: the inputs go to the LSTM as they are, without a layer of 20
/// exponential linear units between; and all steps of an unroll count, not its last one alone.
///
/// Reference: K. Lv, S. Jiang, J. Li, *Learning gradient descent: better generalization and longer
/// horizons*, ICML 2017.
public final class RnnProp {

  private static final Lstm NETWORK =
      new Lstm(2, 20, new Preprocessing.AdamLike(0.95), 0.1, Lstm.Output.TANH);

  private static final double SCALING = 3;
  private static final int CONVEX_PART = 20;

  private RnnProp() {}

  /// A training with the settings of the recipe, on the problem's usual number of steps.
  public static MetaTraining of(MetaTraining training) {
    return training
        .withFamily(NETWORK)
        .withVariety(training.variety().withRandomScaling(SCALING).withConvexPart(CONVEX_PART));
  }
}
