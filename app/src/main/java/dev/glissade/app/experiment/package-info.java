/// The paper's figures as experiments: what is run, and what the paper reports. Data only; the
/// command `experiment` runs them.
///
/// - [Experiments] lists them all.
/// - [Experiment] is one: a [CurveExperiment] compares learning curves on one problem, a
///   [SweepExperiment] final losses over a family of problems.
/// - [PaperCurve] has the paper's numbers.
@NullMarked
package dev.glissade.app.experiment;

import org.jspecify.annotations.NullMarked;
