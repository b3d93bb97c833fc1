package dev.glissade.optimizer;

import dev.glissade.Coupling;
import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.Point;

/// Gradient descent, called stochastic when the gradient comes from a minibatch.
///
/// ```
/// update = −η·g
/// ```
///
/// Reference: H. Robbins, S. Monro, *A stochastic approximation method*, 1951.
///
/// @param learningRate η > 0
public record Sgd(double learningRate) implements Optimizer<OptimizerState.Empty> {

  public Sgd {
    Require.positive("learningRate", learningRate);
  }

  @Override
  public OptimizerState.Empty start(ParameterLayout layout) {
    return new OptimizerState.Empty();
  }

  @Override
  public void update(Point at, OptimizerState.Empty state, float[] update) {
    float[] gradient = at.gradient();
    float rate = (float) learningRate;
    for (int i = 0; i < update.length; i++) {
      update[i] = -rate * gradient[i];
    }
  }

  @Override
  public Coupling coupling() {
    return Coupling.COORDINATES;
  }
}
