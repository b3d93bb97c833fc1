package dev.glissade.meta;

import dev.glissade.LearnedOptimizer;
import dev.glissade.OptimizerState;

/// How ∇L(φ) is estimated from one unroll of an episode.
///
/// An estimator is immutable and keeps nothing between calls: everything it needs and changes is in
/// its arguments, so that any number of threads or machines may share one.
///
/// @param <S> the state of the learned optimizer
public sealed interface GradientEstimator<S extends OptimizerState>
    permits TruncatedBptt, EvolutionStrategies {

  /// The optimizers that are trained.
  LearnedOptimizer<S> learned();

  /// T, the steps in one unroll, ≥ 1.
  int unroll();

  /// What the meta-loss is a sum of.
  MetaLoss metaLoss();

  /// Moves an episode on by T steps with the optimizer φ and estimates the gradient of `scale·Σ f`,
  /// the sum over the T points reached and over the objectives of the episode; or of logarithms,
  /// for which an episode must have one objective only.
  ///
  /// @param weights φ, only read
  /// @param episode moved on by T steps
  /// @param scale the factor of the sum, such as 1/B
  /// @param seed of whatever randomness the estimator uses
  /// @param weightGradient `float[φ]`, to which the estimate is added
  /// @return the scaled sum
  double estimate(
      float[] weights, Episode<S> episode, double scale, long seed, float[] weightGradient);
}
