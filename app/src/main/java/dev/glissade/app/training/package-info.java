/// The training of optimizers as a person sees it: a run with its folder, its progress, and what is
/// said at its end.
///
/// - [TrainingRun]: begins a run, finds it again, trains to its end.
/// - [TrainingProgress]: shows how a training goes.
/// - [LearnedStart]: trainings that start from a learned optimizer.
/// - [TrainingText] prints what came out.
@NullMarked
package dev.glissade.app.training;

import org.jspecify.annotations.NullMarked;
