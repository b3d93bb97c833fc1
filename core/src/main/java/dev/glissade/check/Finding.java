package dev.glissade.check;

/// What a check found about one aspect of a problem.
///
/// @param aspect what was looked at
/// @param verdict what is to be thought of it
/// @param tried how many there were of what [Aspect#tried] counts
/// @param faults at how many of them something is wrong or odd
/// @param kinks how many of them lie at a kink, where derivatives from left and right differ
/// @param undecided of how many nothing can be said, because rounding or curvature drown it
/// @param worst the worst figure, of the kind that [Aspect#figure] says; NaN if there is none
/// @param detail what is wrong or odd, and where, in one sentence; empty if nothing is
public record Finding(
    Aspect aspect,
    Verdict verdict,
    long tried,
    long faults,
    long kinks,
    long undecided,
    double worst,
    String detail) {

  /// The finding of an aspect that was not tried.
  ///
  /// @param reason why not, in one sentence
  static Finding skipped(Aspect aspect, String reason) {
    return new Finding(aspect, Verdict.SKIPPED, 0, 0, 0, 0, Double.NaN, reason);
  }
}
