package dev.glissade.app.report;

/// How the paper's losses compare with ours.
public enum PaperScale {
  /// They are losses of the same function.
  SAME,
  /// They differ by a factor that is not known: only their ratios mean something.
  OTHER
}
