/// The paper's figures as experiments: what is run, and what the paper reports; the functions of a
/// later benchmark; and a question that the paper leaves open.
///
/// - [Experiments] lists them all.
/// - [Experiment] is one: a [CurveExperiment] compares learning curves on one problem, a
///   [SweepExperiment] final losses over a family of problems, an [UpdatesExperiment] looks at the
///   updates along runs. A [FixedPointExperiment] looks at optimizers that are trained by
///   optimizers, a [Lineage]. Another kind is another class.
/// - [ExperimentRun] runs one in a [Laboratory]; [LearnedChoice] says with which learned
///   optimizers.
@NullMarked
package dev.glissade.app.experiment;

import org.jspecify.annotations.NullMarked;
