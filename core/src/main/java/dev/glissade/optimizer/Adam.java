package dev.glissade.optimizer;

import dev.glissade.Coupling;
import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.Point;
import java.util.List;

/// Adam: momentum over root mean square, both corrected for their start at zero.
///
/// ```
/// t ← t + 1
/// m ← β₁·m + (1 − β₁)·g
/// v ← β₂·v + (1 − β₂)·g²
/// update = −η·m/(1 − β₁ᵗ) / (√(v/(1 − β₂ᵗ)) + ε)
/// ```
///
/// Reference: D. Kingma, J. Ba, *Adam: a method for stochastic optimization*, ICLR 2015.
///
/// @param learningRate η > 0
/// @param beta1 β₁, 0 ≤ β₁ < 1
/// @param beta2 β₂, 0 ≤ β₂ < 1
/// @param epsilon ε > 0
public record Adam(double learningRate, double beta1, double beta2, double epsilon)
    implements Optimizer<Adam.State> {

  /// What Adam remembers of the gradients.
  ///
  /// @param mean m, `float[N]`
  /// @param meanSquare v, `float[N]`
  @SuppressWarnings("ArrayRecordComponent") // live, as states are
  public record State(float[] mean, float[] meanSquare) implements OptimizerState {
    @Override
    public List<float[]> arrays() {
      return List.of(mean, meanSquare);
    }
  }

  public Adam {
    Require.positive("learningRate", learningRate);
    Require.fraction("beta1", beta1);
    Require.fraction("beta2", beta2);
    Require.positive("epsilon", epsilon);
  }

  /// Adam with β₁ = 0.9, β₂ = 0.999 and ε = 1e-8.
  public Adam(double learningRate) {
    this(learningRate, 0.9, 0.999, 1e-8);
  }

  @Override
  public State start(ParameterLayout layout) {
    int size = layout.size();
    return new State(new float[size], new float[size]);
  }

  @Override
  public void update(Point at, State state, float[] update) {
    float[] gradient = at.gradient();
    double t = at.step() + 1.0;
    float rate = (float) (learningRate / (1 - Math.pow(beta1, t)));
    float scale = (float) (1 / Math.sqrt(1 - Math.pow(beta2, t)));
    float keep1 = (float) beta1;
    float take1 = (float) (1 - beta1);
    float keep2 = (float) beta2;
    float take2 = (float) (1 - beta2);
    float tiny = (float) epsilon;
    float[] mean = state.mean;
    float[] meanSquare = state.meanSquare;
    for (int i = 0; i < update.length; i++) {
      float g = Saturated.gradient(gradient[i]);
      float m = keep1 * mean[i] + take1 * g;
      float v = keep2 * meanSquare[i] + take2 * g * g;
      mean[i] = m;
      meanSquare[i] = v;
      update[i] = -rate * m / (scale * (float) Math.sqrt(v) + tiny);
    }
  }

  @Override
  public Coupling coupling() {
    return Coupling.COORDINATES;
  }
}
