package dev.glissade.problem;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// One option of a problem: what it is called, what it may be, what it is by default.
///
/// @param name as in `name=value`
/// @param defaultValue in canonical form
/// @param range for people, such as `a whole number from 1 to 4096`
/// @param summary one line for people
/// @param canonical turns text into the canonical form of the value, or into nothing if it is not
///   in the range; equal values have equal forms
public record ProblemOption(
    String name,
    String defaultValue,
    String range,
    String summary,
    Function<String, Optional<String>> canonical) {

  /// A whole number.
  public static ProblemOption whole(
      String name, int defaultValue, int min, int max, String summary) {
    return new ProblemOption(
        name,
        Integer.toString(defaultValue),
        "a whole number from %d to %d".formatted(min, max),
        summary,
        text -> number(text, min, max).filter(ProblemOption::isWhole));
  }

  /// A decimal number.
  public static ProblemOption real(
      String name, double defaultValue, double min, double max, String summary) {
    return new ProblemOption(
        name,
        plain(defaultValue),
        "a number from %s to %s".formatted(plain(min), plain(max)),
        summary,
        text -> number(text, min, max));
  }

  /// One of a few words, the first of which is the default.
  public static ProblemOption choice(String name, List<String> words, String summary) {
    return new ProblemOption(
        name,
        words.getFirst(),
        "one of " + String.join(", ", words),
        summary,
        text -> words.contains(text) ? Optional.of(text) : Optional.empty());
  }

  /// Any text without a comma.
  public static ProblemOption text(String name, String defaultValue, String summary) {
    return new ProblemOption(name, defaultValue, "any text", summary, Optional::of);
  }

  private static Optional<String> number(String text, double min, double max) {
    try {
      double value = Double.parseDouble(text);
      return value >= min && value <= max ? Optional.of(plain(value)) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static boolean isWhole(String plain) {
    return !plain.contains(".");
  }

  /// Without an exponent and without zeros at the end.
  private static String plain(double value) {
    return value == 0 ? "0" : BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }
}
