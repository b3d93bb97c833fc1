package dev.glissade.check;

import dev.glissade.check.Ladder.Outcome;
import java.util.Locale;
import java.util.function.Supplier;

/// How outcomes of comparisons are counted, and numbers written in sentences.
final class Counts {

  private Counts() {}

  /// Counts an outcome.
  ///
  /// @param one whether it is about one coordinate
  /// @param sentence says where it is and what differs, if something does
  static void add(Tally tally, Outcome outcome, boolean one, Supplier<String> sentence) {
    tally.tried(1);
    switch (outcome.result()) {
      case AGREES -> {
        if (outcome.precise()) {
          tally.figure(outcome.error());
        }
      }
      case WRONG -> {
        if (one) {
          tally.complainOfOne(outcome.error(), sentence.get());
        } else {
          tally.complain(Verdict.WRONG, outcome.error(), sentence.get());
        }
      }
      case KINK -> tally.kink();
      case UNDECIDED -> tally.undecided();
    }
  }

  /// A number to four digits, alike in every locale.
  static String number(double value) {
    return String.format(Locale.ROOT, "%.4g", value);
  }
}
