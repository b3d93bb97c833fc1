package dev.glissade.optimizer;

import dev.glissade.Coupling;
import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.Point;

/// Lets another optimizer's updates fade to zero along half a cosine.
///
/// ```
/// update ← ½·(1 + cos(π·t/steps))·inner's update,   t = 0, 1, …, steps, then 0
/// ```
///
/// The state is the inner optimizer's own.
///
/// Reference: I. Loshchilov, F. Hutter, *SGDR: stochastic gradient descent with warm restarts*,
/// ICLR 2017.
///
/// @param inner the optimizer whose updates fade
/// @param steps the length of the run, > 0
/// @param <S> the inner optimizer's state
public record CosineDecay<S extends OptimizerState>(Optimizer<S> inner, long steps)
    implements Optimizer<S> {

  public CosineDecay {
    Require.positive("steps", (double) steps);
  }

  @Override
  public S start(ParameterLayout layout) {
    return inner.start(layout);
  }

  @Override
  public void update(Point at, S state, float[] update) {
    inner.update(at, state, update);
    float factor = (float) factor(at.step(), steps);
    for (int i = 0; i < update.length; i++) {
      update[i] *= factor;
    }
  }

  /// The factor that an update is multiplied by.
  ///
  /// @param step t, ≥ 0
  /// @param steps the length of the run, > 0
  public static double factor(long step, long steps) {
    double progress = Math.min(1, (double) step / steps);
    return 0.5 * (1 + Math.cos(Math.PI * progress));
  }

  @Override
  public Coupling coupling() {
    return inner.coupling();
  }
}
