package dev.glissade.app.dashboard;

/// What has become of a run, as its folder tells.
enum RunState {
  /// Its process lives and writes.
  RUNNING,
  /// Its process has not written for long, though it may live.
  STALLED,
  /// Its process ended and left the last episode as a checkpoint: it goes on from there.
  INTERRUPTED,
  /// Its process ended without a chance to: what came after the last checkpoint is made again.
  CRASHED,
  /// It has made all its episodes.
  DONE,
  /// Its folder was made, and nothing trained yet.
  NEW,
  /// Its `run.json` cannot be read.
  DAMAGED
}
