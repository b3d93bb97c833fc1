package dev.glissade.optimizer;

import dev.glissade.Coupling;
import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.Point;
import java.util.List;

/// Nesterov's accelerated gradient (NAG), in the form that needs the gradient at θ only: momentum
/// that looks one step ahead.
///
/// ```
/// v ← μ·v + g
/// update = −η·(g + μ·v)
/// ```
///
/// References: Y. Nesterov, *A method of solving a convex programming problem with convergence rate
/// O(1/k²)*, 1983; for this form I. Sutskever et al., *On the importance of initialization and
/// momentum in deep learning*, ICML 2013.
///
/// @param learningRate η > 0
/// @param momentum μ, 0 ≤ μ < 1
public record Nesterov(double learningRate, double momentum) implements Optimizer<Nesterov.State> {

  /// What Nesterov's rule remembers of the gradients.
  ///
  /// @param velocity v, `float[N]`
  @SuppressWarnings("ArrayRecordComponent") // live, as states are
  public record State(float[] velocity) implements OptimizerState {
    @Override
    public List<float[]> arrays() {
      return List.of(velocity);
    }
  }

  public Nesterov {
    Require.positive("learningRate", learningRate);
    Require.fraction("momentum", momentum);
  }

  /// Nesterov's rule with μ = 0.9.
  public Nesterov(double learningRate) {
    this(learningRate, 0.9);
  }

  @Override
  public State start(ParameterLayout layout) {
    return new State(new float[layout.size()]);
  }

  @Override
  public void update(Point at, State state, float[] update) {
    lookAhead(at.gradient(), state.velocity, (float) momentum, (float) -learningRate, update);
  }

  /// Moves the velocity on; update = scale·(g + μ·v).
  static void lookAhead(float[] gradient, float[] velocity, float mu, float scale, float[] update) {
    if (step(gradient, velocity, mu, scale, update) != 0) {
      Saturated.all(velocity);
      for (int i = 0; i < update.length; i++) {
        update[i] = scale * Saturated.of(gradient[i] + mu * velocity[i]);
      }
    }
  }

  /// @return the excess of g + μ·v: not 0 if that or the velocities must be saturated
  private static int step(
      float[] gradient, float[] velocity, float mu, float scale, float[] update) {
    int excess = 0;
    for (int i = 0; i < update.length; i++) {
      float v = mu * velocity[i] + gradient[i];
      float ahead = gradient[i] + mu * v;
      velocity[i] = v;
      update[i] = scale * ahead;
      excess |= Saturated.excess(ahead);
    }
    return excess;
  }

  @Override
  public Coupling coupling() {
    return Coupling.COORDINATES;
  }
}
