/// Results as data, and what is made from the data: tables, pictures, pages, files.
///
/// - [Result]: what every result says of itself; [ReportFiles] writes it, [Page] shows it, from the
///   [PageData] that its JSON holds.
/// - [ComparisonReport] is what `compare --json` writes; [CurvesCsv], [CurvesChart],
///   [ComparisonTable] and [Verdict] are made from it.
/// - [ExperimentReport] is a result to compare with the paper's: a [CurveReport], with the
///   [PaperCurve]s, a [SweepReport], or an [UpdatesReport] of what optimizers propose along runs.
/// - [TrainingReport] is what a training came to, with its [TrainingPlots].
/// - [Plot] is a chart as data, which a page draws; [ComparisonPlots] and [SweepPlots] make them.
/// - [Section] is a part of a page below its table, with small charts, a [TableData] or a
///   [Gallery]: [UpdatesSection] on what the rules do, [RatesSection] on how well baselines are
///   tuned, each by its [RateOptimum].
/// - [Labels] and [LogTicks] are what the drawing library leaves out of a [Chart].
/// - [Figure], [Chart], [LineChart], [Csv], [Columns]: what a result is shown by.
/// - [InspectionReport] is what a learned optimizer is and has learned: [ResponsePlots],
///   [ResponseChart] and [ResponseVerdict] show what it answers to simple gradients,
///   [InspectionText] and [ResponseTable] print it.
/// - [CheckReport] is what a check of a problem found.
/// - [ArtReport] is pictures that were made, [ContactSheet] shows them side by side.
@NullMarked
package dev.glissade.app.report;

import org.jspecify.annotations.NullMarked;
