package dev.glissade.meta;

import dev.glissade.Coupling;
import dev.glissade.LearnedOptimizer;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.Point;
import dev.glissade.learned.Cotangent;
import dev.glissade.learned.DifferentiableRule;
import java.util.List;

/// Gradient descent with a learned rate and a learned shift, `−exp(φ₀)·∇ + φ₁`: as little as can be
/// learned, so that what an estimator must give can be written down.
///
/// @param rate exp(φ₀) at first
record LearnedDescent(double rate) implements LearnedOptimizer<OptimizerState.Empty> {

  static final String RATE = "log-rate";

  @Override
  public ParameterLayout layout() {
    return new ParameterLayout(
        List.of(ParameterLayout.block(RATE, 1), ParameterLayout.block("shift", 1)));
  }

  @Override
  public float[] initialWeights(long seed) {
    return new float[] {(float) Math.log(rate), 0};
  }

  @Override
  public Rule with(float[] weights) {
    return new Rule(Math.exp(weights[0]), weights[1]);
  }

  @Override
  public Coupling coupling() {
    return Coupling.COORDINATES;
  }

  @Override
  public Differentiability differentiability() {
    return Differentiability.EXACT;
  }

  /// The member of one φ.
  record Rule(double rate, double shift) implements DifferentiableRule<OptimizerState.Empty> {

    @Override
    public OptimizerState.Empty start(ParameterLayout layout) {
      return new OptimizerState.Empty();
    }

    @Override
    public void update(Point at, OptimizerState.Empty state, float[] update) {
      for (int n = 0; n < update.length; n++) {
        update[n] = (float) (-rate * at.gradient()[n] + shift);
      }
    }

    @Override
    public void backwardStep(
        OptimizerState.Empty before,
        Point at,
        Cotangent<OptimizerState.Empty> cotangent,
        float[] weightGradient) {
      for (int n = 0; n < cotangent.update().length; n++) {
        float slope = cotangent.update()[n];
        weightGradient[0] += (float) (-rate * slope * at.gradient()[n]);
        weightGradient[1] += slope;
        cotangent.gradient()[n] = (float) (-rate * slope);
      }
    }
  }
}
