/// Gradient descent by gradient descent: training an optimizer is a `Descent` on a [MetaObjective].
///
/// - [MetaObjective]: φ ↦ L(φ), ∇L(φ), an ordinary `Objective`. Its draws follow each other through
///   [Episodes] that a [Curriculum] may shorten; [MetaLoss] says what their losses count.
/// - [GradientEstimator]: how ∇L is estimated. Each makes workers, which own what an episode keeps:
///   [TruncatedBptt] and [ExactBptt] go back through T steps, [Imitation] learns some episodes from
///   the updates of an [Imitated], [EvolutionStrategies] and [PersistentEvolutionStrategies]
///   compare runs. [GradientEstimators] lists them.
/// - [Shards]: the parts of an episode, moved on wherever the work is done, as [UnrollJob] says.
@NullMarked
package dev.glissade.meta;

import org.jspecify.annotations.NullMarked;
