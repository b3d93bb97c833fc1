package dev.glissade.optimizer;

import dev.glissade.Coupling;
import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.Point;
import java.util.List;

/// Divides each gradient by a running root mean square of its past.
///
/// ```
/// v ← α·v + (1 − α)·g²
/// update = −η·g / (√v + ε)
/// ```
///
/// Reference: T. Tieleman, G. Hinton, *Lecture 6.5: rmsprop*, Coursera, 2012.
///
/// @param learningRate η > 0
/// @param smoothing α, 0 ≤ α < 1
/// @param epsilon ε > 0, outside the root
public record RmsProp(double learningRate, double smoothing, double epsilon)
    implements Optimizer<RmsProp.State> {

  /// What RMSprop remembers of the gradients.
  ///
  /// @param meanSquare v, `float[N]`
  @SuppressWarnings("ArrayRecordComponent") // live, as states are
  public record State(float[] meanSquare) implements OptimizerState {
    @Override
    public List<float[]> arrays() {
      return List.of(meanSquare);
    }
  }

  public RmsProp {
    Require.positive("learningRate", learningRate);
    Require.fraction("smoothing", smoothing);
    Require.positive("epsilon", epsilon);
  }

  /// RMSprop with α = 0.99 and ε = 1e-8.
  public RmsProp(double learningRate) {
    this(learningRate, 0.99, 1e-8);
  }

  @Override
  public State start(ParameterLayout layout) {
    return new State(new float[layout.size()]);
  }

  @Override
  public void update(Point at, State state, float[] update) {
    float[] gradient = at.gradient();
    float rate = (float) learningRate;
    float keep = (float) smoothing;
    float take = (float) (1 - smoothing);
    float tiny = (float) epsilon;
    float[] meanSquare = state.meanSquare;
    for (int i = 0; i < update.length; i++) {
      float g = Saturated.gradient(gradient[i]);
      float v = keep * meanSquare[i] + take * g * g;
      meanSquare[i] = v;
      update[i] = -rate * g / ((float) Math.sqrt(v) + tiny);
    }
  }

  @Override
  public Coupling coupling() {
    return Coupling.COORDINATES;
  }
}
