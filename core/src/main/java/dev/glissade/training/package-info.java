/// Trainings of optimizers as values, and their runs.
///
/// - [MetaTraining] is a training: a problem with its [Variety], a family, an estimator, episodes,
///   an [Outer] optimizer, [Validation] and a [Start]; `MetaTraining.of(problem).run()` does what
///   is best for most. [Robust] is a recipe for optimizers that must be ready for more, [RnnProp]
///   that of others to the same end, [Trainer] one for optimizers that train.
/// - [RunFolder] is a run on disk, to be looked at; a [RunKeeper] goes on with it, through
///   [Checkpoints], and a [RunOwner] says who has hold of it. [TrainingMetrics] are what is
///   measured, [TrainingListener] is told of them, an [Outcome] is what comes out.
/// - [Budget] turns a time into a number of episodes, [RateSearch] finds a learning rate.
@NullMarked
package dev.glissade.training;

import org.jspecify.annotations.NullMarked;
