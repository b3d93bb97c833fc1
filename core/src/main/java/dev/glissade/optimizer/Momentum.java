package dev.glissade.optimizer;

import dev.glissade.Coupling;
import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.Point;
import java.util.List;

/// Gradient descent with a heavy ball: velocity v builds up where gradients agree.
///
/// ```
/// v ← μ·v + g
/// update = −η·v
/// ```
///
/// Reference: B. Polyak, *Some methods of speeding up the convergence of iteration methods*, 1964.
///
/// @param learningRate η > 0
/// @param momentum μ, 0 ≤ μ < 1
public record Momentum(double learningRate, double momentum) implements Optimizer<Momentum.State> {

  /// What momentum remembers of the gradients.
  ///
  /// @param velocity v, `float[N]`
  @SuppressWarnings("ArrayRecordComponent") // live, as states are
  public record State(float[] velocity) implements OptimizerState {
    @Override
    public List<float[]> arrays() {
      return List.of(velocity);
    }
  }

  public Momentum {
    Require.positive("learningRate", learningRate);
    Require.fraction("momentum", momentum);
  }

  /// Momentum with μ = 0.9.
  public Momentum(double learningRate) {
    this(learningRate, 0.9);
  }

  @Override
  public State start(ParameterLayout layout) {
    return new State(new float[layout.size()]);
  }

  @Override
  public void update(Point at, State state, float[] update) {
    float rate = (float) learningRate;
    float[] velocity = state.velocity;
    if (step(at.gradient(), velocity, (float) momentum, rate, update) != 0) {
      Saturated.all(velocity);
      for (int i = 0; i < update.length; i++) {
        update[i] = -rate * velocity[i];
      }
    }
  }

  /// @return the excess of the velocities: not 0 if they must be saturated
  private static int step(
      float[] gradient, float[] velocity, float mu, float rate, float[] update) {
    int excess = 0;
    for (int i = 0; i < update.length; i++) {
      float v = mu * velocity[i] + gradient[i];
      velocity[i] = v;
      update[i] = -rate * v;
      excess |= Saturated.excess(v);
    }
    return excess;
  }

  @Override
  public Coupling coupling() {
    return Coupling.COORDINATES;
  }
}
