package dev.glissade.optimizer;

import dev.glissade.Coupling;
import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.Point;
import java.util.List;

/// Divides each gradient by the root of the sum of all its squares so far.
///
/// ```
/// s ← s + g²
/// update = −η·g / (√s + ε)
/// ```
///
/// Reference: J. Duchi, E. Hazan, Y. Singer, *Adaptive subgradient methods for online learning and
/// stochastic optimization*, JMLR 12, 2011.
///
/// @param learningRate η > 0
/// @param epsilon ε > 0
public record Adagrad(double learningRate, double epsilon) implements Optimizer<Adagrad.State> {

  /// What Adagrad remembers of the gradients.
  ///
  /// @param sumOfSquares s, `float[N]`
  @SuppressWarnings("ArrayRecordComponent") // live, as states are
  public record State(float[] sumOfSquares) implements OptimizerState {
    @Override
    public List<float[]> arrays() {
      return List.of(sumOfSquares);
    }
  }

  public Adagrad {
    Require.positive("learningRate", learningRate);
    Require.positive("epsilon", epsilon);
  }

  /// Adagrad with ε = 1e-10.
  public Adagrad(double learningRate) {
    this(learningRate, 1e-10);
  }

  @Override
  public State start(ParameterLayout layout) {
    return new State(new float[layout.size()]);
  }

  @Override
  public void update(Point at, State state, float[] update) {
    float[] gradient = at.gradient();
    float rate = (float) learningRate;
    float tiny = (float) epsilon;
    float[] sumOfSquares = state.sumOfSquares;
    for (int i = 0; i < update.length; i++) {
      float g = Saturated.gradient(gradient[i]);
      float s = Saturated.of(sumOfSquares[i] + g * g);
      sumOfSquares[i] = s;
      update[i] = -rate * g / ((float) Math.sqrt(s) + tiny);
    }
  }

  @Override
  public Coupling coupling() {
    return Coupling.COORDINATES;
  }
}
