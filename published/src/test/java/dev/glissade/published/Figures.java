package dev.glissade.published;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Texts with figures in them that may differ a little from machine to machine: words must be the
/// same, figures about the same.
final class Figures {

  private static final Pattern FIGURE = Pattern.compile("-?(?:\\d+(?:\\.(\\d+))?|Infinity)");

  /// By how much of the documented figure another may differ from it.
  private static final double SHARE = 0.5;

  /// And by how many units of its last decimal.
  private static final double UNITS = 2;

  private Figures() {}

  /// Whether a text says the same as the documented one.
  static boolean agree(String documented, String text) {
    return words(documented).equals(words(text)) && allClose(figures(documented), figures(text));
  }

  /// The text with its figures and the spaces before them, which depend on how long they are, taken
  /// out.
  private static String words(String text) {
    return FIGURE.matcher(text).replaceAll("#").replaceAll(" +#", " #").strip();
  }

  private static List<MatchResult> figures(String text) {
    return FIGURE.matcher(text).results().toList();
  }

  private static boolean allClose(List<MatchResult> documented, List<MatchResult> found) {
    for (int i = 0; i < documented.size(); i++) {
      if (!close(documented.get(i), found.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean close(MatchResult documented, MatchResult found) {
    double expected = Double.parseDouble(documented.group());
    double actual = Double.parseDouble(found.group());
    String decimals = documented.group(1);
    double unit = decimals == null ? 0 : Math.pow(10, -decimals.length());
    double tolerance = SHARE * Math.abs(expected) + UNITS * unit;
    return Double.isFinite(expected)
        ? Math.abs(expected - actual) <= tolerance
        : expected == actual;
  }
}
