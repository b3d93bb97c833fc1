package dev.glissade.optimizer;

import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.Point;
import dev.glissade.internal.Vectors;

/// Shortens gradients that are too long before another optimizer sees them.
///
/// ```
/// g ← g·min(1, norm / ‖g‖),   ‖g‖ over all coordinates together
/// ```
///
/// The state is the inner optimizer's own. A step that clips allocates one array.
///
/// Reference: R. Pascanu, T. Mikolov, Y. Bengio, *On the difficulty of training recurrent neural
/// networks*, ICML 2013.
///
/// @param inner the optimizer that gets the clipped gradient
/// @param norm the greatest length that passes unchanged, > 0
/// @param <S> the inner optimizer's state
public record GradientClipping<S extends OptimizerState>(Optimizer<S> inner, double norm)
    implements Optimizer<S> {

  public GradientClipping {
    Require.positive("norm", norm);
  }

  @Override
  public S start(ParameterLayout layout) {
    return inner.start(layout);
  }

  @Override
  public void update(Point at, S state, float[] update) {
    double length = Vectors.norm(at.gradient());
    boolean tooLong = length > norm;
    inner.update(
        tooLong ? at.withGradient(scaled(at.gradient(), norm / length)) : at, state, update);
  }

  private static float[] scaled(float[] gradient, double factor) {
    float[] scaled = new float[gradient.length];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = (float) (gradient[i] * factor);
    }
    return scaled;
  }
}
