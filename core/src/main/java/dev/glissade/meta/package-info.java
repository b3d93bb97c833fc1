/// Gradient descent by gradient descent: training an optimizer is a `Descent` on a [MetaObjective].
///
/// - [MetaObjective]: φ ↦ L(φ), ∇L(φ), an ordinary `Objective`, on a [Batch] of objectives at a
///   time.
/// - [MetaLoss]: whether L is a sum of losses or of their logarithms.
/// - [GradientEstimator]: how ∇L is estimated; [TruncatedBptt] goes back through T steps,
///   [EvolutionStrategies] compares two runs of them.
/// - [MetaTraining]: the run around it: validation, early stopping, checkpoints in a [RunFolder].
@NullMarked
package dev.glissade.meta;

import dev.glissade.training.MetaTraining;
import dev.glissade.training.RunFolder;
import org.jspecify.annotations.NullMarked;
