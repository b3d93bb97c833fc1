/// Evaluations that say how good an optimizer is, and what it does: data, no pictures. No optimizer
/// is special here.
///
/// - [Evaluation] runs an optimizer on instances of a problem and gives [Runs].
/// - [LearningRateSearch] tunes a learning rate on VALIDATION instances; [Tuning] does so for
///   baselines, for a [Goal], and [TuningCache] remembers what was found.
/// - [Comparison] sets [Contender]s side by side on the same TEST instances; [Competition] tunes
///   them first where they are [Entrant]s that have no rate yet. [Ranking] says who is best.
///   [KeptRuns] are there when one that was stopped goes on.
/// - [UpdateTrace] and [Responses] look at updates rather than at losses.
/// - [Statistics] has means, intervals and medians; a [RunListener] is told of progress.
@NullMarked
package dev.glissade.evaluation;

import org.jspecify.annotations.NullMarked;
