/// Optimizers that are learned: what they are, how derivatives go back through them, and how they
/// are kept.
///
/// - An [Architecture] is a family of optimizers that can be written down, found again by its kind
///   in [Architectures]: [Lstm] is the paper's, with [Preprocessing] of the gradients; [Corrected]
///   has a network scale the steps of a hand-designed rule, by factors that are multiplied
///   (`Factor`: `RateSchedule`, `Fading`, `NetworkFactor`); [QuasiNewton] has one scale the inverse
///   Hessian of `CurvaturePairs`, with steps as long as a `StepControl` has learned; [Hopping] has
///   a rule go from well to well where a function has waves; [Grouped] has a rule for each [Group]
///   of blocks, and [Probing] one for functions with noise and one for those without.
/// - A [DifferentiableRule] goes back through one step, given a [Cotangent], and through an
///   [Unroll] of a [Trajectory].
/// - A [TrainedOptimizer] is one with its weights and its history: what a file holds. [LearnedRate]
///   tells what it has learned of rates; [Pretrained] are those that ship.
@NullMarked
package dev.glissade.learned;

import org.jspecify.annotations.NullMarked;
