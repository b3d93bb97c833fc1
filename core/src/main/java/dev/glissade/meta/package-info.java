/// Gradient descent by gradient descent: training an optimizer is a `Descent` on a [MetaObjective].
///
/// - [MetaObjective]: φ ↦ L(φ), ∇L(φ), an ordinary `Objective`, on a [Batch] of objectives at a
///   time.
/// - [GradientEstimator]: how ∇L is estimated; [TruncatedBptt] goes back through T steps,
///   [EvolutionStrategies] compares two runs of them.
/// - [MetaTraining]: the run around it: validation, early stopping, checkpoints in a [RunFolder].
@NullMarked
package dev.glissade.meta;

import org.jspecify.annotations.NullMarked;
