package dev.glissade.learned;

import dev.glissade.LearnedOptimizer.Backpropagatable;
import dev.glissade.LearnedOptimizer.DifferentiableRule;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;

/// A family whose training starts from weights that have been trained before.
///
/// @param family the optimizers
/// @param start the first weights, of the family's size
/// @param <S> the state of its members
public record WarmStart<S extends OptimizerState>(Backpropagatable<S> family, float[] start)
    implements Backpropagatable<S> {

  @Override
  public ParameterLayout layout() {
    return family.layout();
  }

  /// The same for every seed.
  @Override
  public float[] initialWeights(long seed) {
    return start.clone();
  }

  @Override
  public DifferentiableRule<S> with(float[] weights) {
    return family.with(weights);
  }
}
