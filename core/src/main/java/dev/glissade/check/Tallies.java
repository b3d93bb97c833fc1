package dev.glissade.check;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A tally for each aspect, and the findings that follow from all of them.
final class Tallies {

  private final Map<Aspect, Tally> tallies = new EnumMap<>(Aspect.class);

  Tally of(Aspect aspect) {
    return tallies.computeIfAbsent(aspect, Tally::new);
  }

  void add(Tallies other) {
    other.tallies.forEach((aspect, tally) -> of(aspect).add(tally));
  }

  /// The findings, one for each aspect.
  ///
  /// @param twice whether members have second derivatives
  List<Finding> findings(boolean twice) {
    return Stream.of(Aspect.values()).map(aspect -> finding(aspect, twice)).toList();
  }

  private Finding finding(Aspect aspect, boolean twice) {
    for (Aspect needed : needed(aspect)) {
      if (of(needed).isWrong()) {
        return Finding.skipped(
            aspect, "not tried: first mend what '%s' finds".formatted(needed.label()));
      }
    }
    Finding found = of(aspect).finding();
    if (found.verdict() == Verdict.WRONG) {
      return found;
    }
    if (aspect == Aspect.HESSIAN && !twice) {
      return Finding.skipped(aspect, "its members give no second derivatives");
    }
    if (found.tried() == 0) {
      return Finding.skipped(aspect, "not tried");
    }
    return isBlurred(found) ? blurred(found) : found;
  }

  /// The aspects without which another means nothing.
  private static List<Aspect> needed(Aspect aspect) {
    return switch (aspect) {
      case START -> List.of();
      case FINITE, REPEATABLE -> List.of(Aspect.START);
      case INPUT, OUTPUT, THREADS, SEEDS, SPLITS, TIME -> List.of(Aspect.START, Aspect.REPEATABLE);
      case GRADIENT, HESSIAN -> List.of(Aspect.START, Aspect.REPEATABLE, Aspect.OUTPUT);
    };
  }

  private static boolean isBlurred(Finding found) {
    return 2 * (found.kinks() + found.undecided()) > found.tried();
  }

  private static Finding blurred(Finding found) {
    String why =
        found.kinks() > found.undecided()
            ? "kinks are everywhere"
            : "rounding drowns the differences; compute in double precision to know";
    return new Finding(
        found.aspect(),
        Verdict.UNCLEAR,
        found.tried(),
        found.faults(),
        found.kinks(),
        found.undecided(),
        found.worst(),
        "little can be said of the derivatives: " + why);
  }
}
