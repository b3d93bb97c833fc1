package dev.glissade.optimizer;

import dev.glissade.Coupling;
import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.Point;
import java.util.Arrays;
import java.util.List;

/// Resilient propagation: one step size δ per coordinate, which depends on signs alone. It grows
/// while the gradient keeps its sign and shrinks when the sign turns; after a turn the coordinate
/// rests for one step. Meant for full batches: noise turns signs.
///
/// ```
/// δ ← clamp(δ·(grow if g·g' > 0, shrink if g·g' < 0, else 1), minStep, maxStep)
/// g ← 0 where g·g' < 0
/// update = −sgn(g)·δ,   g' ← g
/// ```
///
/// Reference: M. Riedmiller, H. Braun, *A direct adaptive method for faster backpropagation
/// learning: the RPROP algorithm*, 1993 (the variant without weight backtracking, iRprop⁻).
///
/// @param learningRate the first δ, > 0
/// @param shrink η⁻, 0 < η⁻ < 1
/// @param grow η⁺ > 1
/// @param minStep the least δ, > 0
/// @param maxStep the greatest δ, ≥ `minStep`
public record Rprop(double learningRate, double shrink, double grow, double minStep, double maxStep)
    implements Optimizer<Rprop.State> {

  /// What Rprop remembers: its step sizes, and the gradients before.
  ///
  /// @param stepSize δ, `float[N]`
  /// @param previousSign the sign of g', `float[N]`
  @SuppressWarnings("ArrayRecordComponent") // live, as states are
  public record State(float[] stepSize, float[] previousSign) implements OptimizerState {
    @Override
    public List<float[]> arrays() {
      return List.of(stepSize, previousSign);
    }
  }

  public Rprop {
    Require.positive("learningRate", learningRate);
    Require.positive("shrink", shrink);
    Require.fraction("shrink", shrink);
    Require.positive("minStep", minStep);
    Require.positive("maxStep", maxStep);
    if (!(grow > 1)) {
      throw new IllegalArgumentException("grow must be > 1, got " + grow);
    }
    if (maxStep < minStep) {
      throw new IllegalArgumentException(
          "maxStep must be >= minStep = %s, got %s".formatted(minStep, maxStep));
    }
  }

  /// Rprop with η⁻ = 0.5, η⁺ = 1.2 and step sizes from 1e-6 to 50.
  public Rprop(double learningRate) {
    this(learningRate, 0.5, 1.2, 1e-6, 50);
  }

  @Override
  public State start(ParameterLayout layout) {
    float[] stepSize = new float[layout.size()];
    Arrays.fill(stepSize, (float) learningRate);
    return new State(stepSize, new float[layout.size()]);
  }

  @Override
  public void update(Point at, State state, float[] update) {
    float[] gradient = at.gradient();
    float less = (float) (shrink - 1); // < 0
    float more = (float) (grow - 1); // > 0
    float min = (float) minStep;
    float max = (float) maxStep;
    float[] stepSize = state.stepSize;
    float[] previousSign = state.previousSign;
    for (int i = 0; i < update.length; i++) {
      float sign = Math.signum(gradient[i]);
      float agreement = sign * previousSign[i];
      float both = agreement * agreement; // arithmetic in place of branches, for SIMD
      float kept = 0.5f * (both + agreement); // 1 or 0
      float turned = 0.5f * (both - agreement); // 1 or 0
      float factor = 1 + kept * more + turned * less;
      float step = Math.min(Math.max(stepSize[i] * factor, min), max);
      sign *= 1 - turned;
      stepSize[i] = step;
      previousSign[i] = sign;
      update[i] = -sign * step;
    }
  }

  @Override
  public Coupling coupling() {
    return Coupling.COORDINATES;
  }
}
