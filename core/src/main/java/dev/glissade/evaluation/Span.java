package dev.glissade.evaluation;

/// The part of a run that counts where [Runs] are scored.
public enum Span {

  /// The end: what a run comes to, however.
  END,

  /// All steps: how fast a run comes down as well. It tells optimizers apart that all arrive.
  RUN
}
