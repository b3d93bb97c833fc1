package dev.glissade.meta;

import dev.glissade.Descent;
import dev.glissade.Objective;
import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import java.util.List;

/// One inner optimisation in progress: a [Batch] of objectives, where each of them stands, and the
/// optimizer's state. This is the inner state that goes from unroll to unroll.
///
/// @param <S> the state of the learned optimizer
public final class Episode<S extends OptimizerState> {

  private final Batch batch;
  private final Descent descent;
  private final S state;
  private final S unrollStart;
  private float[][] gradients = new float[0][]; // [T + 1][N], kept from unroll to unroll

  /// Starts an episode on objectives that are run side by side.
  public Episode(List<Objective> objectives, Optimizer<S> optimizer) {
    this.batch = new Batch(objectives);
    this.state = optimizer.start(batch.layout());
    this.descent = Descent.resume(batch, optimizer, batch.initialParameters(), state, 0, 0);
    this.unrollStart = optimizer.start(batch.layout());
  }

  Batch batch() {
    return batch;
  }

  /// The optimizer's state, live.
  S state() {
    return state;
  }

  Descent descent() {
    return descent;
  }

  /// A state to keep the optimizer's state at the start of an unroll in.
  S unrollStart() {
    return unrollStart;
  }

  /// Room for the gradients of T steps and the one after them, `float[T + 1][N]`.
  float[][] gradients(int unroll) {
    if (gradients.length != unroll + 1) {
      gradients = new float[unroll + 1][batch.layout().size()];
    }
    return gradients;
  }
}
