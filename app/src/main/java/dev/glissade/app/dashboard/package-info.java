/// A live page of the runs in a folder, served to a browser on this machine. Nothing here writes.
///
/// - [Dashboard] is the server; a [Guard] refuses whoever should not ask.
/// - [RunsFolder] finds the runs ([WatchedRun]) and other results of a folder, and gives a
///   [Snapshot] of them.
/// - [RunCurves] are what the charts of a run show: its metrics, read by a [Tail] as they come and
///   thinned by a [Curve].
@NullMarked
package dev.glissade.app.dashboard;

import org.jspecify.annotations.NullMarked;
