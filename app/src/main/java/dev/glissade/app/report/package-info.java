/// Results as data, and what is drawn from the data. Nothing here prints.
///
/// - [ComparisonReport] is what `compare --json` writes; [CurvesCsv], [CurvesChart] and
///   [ComparisonPage] are made from it.
/// - [ExperimentReport], of curves or of a sweep, puts results beside the paper's;
///   [ExperimentTable], [SweepChart], [SweepCsv] and [ExperimentPage] are made from it.
/// - [UpdatesReport] is what optimizers propose along runs; [UpdatesChart] and [UpdatesCsv] show
///   it.
/// - [ResponseReport] is what a learned optimizer answers to simple gradients; [ResponseChart]
///   draws it.
@NullMarked
package dev.glissade.app.report;

import org.jspecify.annotations.NullMarked;
