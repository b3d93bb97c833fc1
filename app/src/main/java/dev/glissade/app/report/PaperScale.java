package dev.glissade.app.report;

/// The scale of the paper's losses in comparison with ours.
public enum PaperScale {
  /// The scale of ours: they are losses of the same function, and can be drawn in the same chart.
  SAME,
  /// A scale that differs by a factor that is not known: only their ratios mean something.
  OTHER
}
