package dev.glissade.baseline;

import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import java.util.ArrayList;
import java.util.List;

/// Lets another optimizer's updates fade to zero along half a cosine.
///
/// ```
/// update ← ½·(1 + cos(π·t/steps))·inner's update,   t = 0, 1, …, steps, then 0
/// ```
///
/// Reference: I. Loshchilov, F. Hutter, *SGDR: stochastic gradient descent with warm restarts*,
/// ICLR 2017.
///
/// @param inner the optimizer whose updates fade
/// @param steps the length of the run, > 0
/// @param <S> the inner optimizer's state
public record CosineDecay<S extends OptimizerState>(Optimizer<S> inner, long steps)
    implements Optimizer<CosineDecay.State<S>> {

  /// What the rule remembers.
  ///
  /// @param inner the inner optimizer's state
  /// @param step t, `float[2]`: t = step[0] + 2²⁰·step[1], exact for any run
  public record State<S extends OptimizerState>(S inner, float[] step) implements OptimizerState {

    private static final float CARRY = 1 << 20;

    /// t, and one more for the next call.
    private double next() {
      double t = step[0] + (double) CARRY * step[1];
      step[0]++;
      if (step[0] == CARRY) {
        step[0] = 0;
        step[1]++;
      }
      return t;
    }

    @Override
    public List<float[]> arrays() {
      List<float[]> arrays = new ArrayList<>(inner.arrays());
      arrays.add(step);
      return arrays;
    }
  }

  public CosineDecay {
    Require.positive("steps", (double) steps);
  }

  @Override
  public State<S> start(ParameterLayout layout) {
    return new State<>(inner.start(layout), new float[2]);
  }

  @Override
  public void update(float[] gradient, State<S> state, float[] update) {
    inner.update(gradient, state.inner, update);
    double progress = Math.min(1, state.next() / steps);
    float factor = (float) (0.5 * (1 + Math.cos(Math.PI * progress)));
    for (int i = 0; i < update.length; i++) {
      update[i] *= factor;
    }
  }
}
