/// How good an optimizer is: data, no pictures. No optimizer is special here.
///
/// - [Evaluation] runs an optimizer on instances of a problem and gives [Runs].
/// - [LearningRateSearch] tunes a learning rate on VALIDATION instances; [TuningCache] remembers
///   it.
/// - [Comparison] sets [Contender]s side by side on the same TEST instances.
/// - [Statistics] has means, intervals and medians.
@NullMarked
package dev.glissade.evaluation;

import org.jspecify.annotations.NullMarked;
