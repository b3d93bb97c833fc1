/// Optimizers that are learned, and their files.
///
/// - [LstmOptimizer] is the paper's: configured by [LstmConfiguration] and [Preprocessing]. Bound
///   to its weights it is an `LstmRule`, which remembers an [LstmMemory]; `Moments` are what it
///   makes of gradients for `adam-like`.
/// - `CorrectedOptimizer` has a network say by which factor a hand-designed rule is wrong; learns
///   its rate as well, as a function of the step, a `RateSchedule`, and of how gradients shrink,
///   `GradientNorms`; [LearnedRate] tells what came of it.
/// - [GroupedOptimizer] has a rule for each group of blocks. [Architecture] describes all of them,
///   as text too, with its [BlockGroup]s; [WarmStart] lets training begin where another ended.
/// - [TrainedOptimizer] is one with its weights and its history; it is what a file holds.
/// - [Safetensors] is the file format; [Pretrained] finds the optimizers that ship with Glissade.
@NullMarked
package dev.glissade.learned;

import dev.glissade.file.Safetensors;
import org.jspecify.annotations.NullMarked;
