package dev.glissade.internal;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// Messages for names that do not exist: what was meant, perhaps, and what there is.
public final class Suggestions {

  private Suggestions() {}

  /// For example `unknown optimizer 'adm'; did you mean 'adam'? Known: sgd, adam`.
  ///
  /// @param kind what the name should have named
  /// @param name the name that was given
  /// @param known the names that exist
  public static String unknown(String kind, String name, List<String> known) {
    return unknown(kind, name, known, known);
  }

  /// As above, with more to say on what exists.
  ///
  /// @param listed a text for each of the known names
  public static String unknown(String kind, String name, List<String> known, List<String> listed) {
    String closest = known.stream().min(Comparator.comparingInt(k -> distance(name, k))).orElse("");
    boolean close = !known.isEmpty() && distance(name, closest) <= Math.max(1, name.length() / 2);
    return "unknown %s '%s'; %sKnown: %s"
        .formatted(
            kind,
            name,
            close ? "did you mean '%s'? ".formatted(closest) : "",
            listed.isEmpty() ? "none" : String.join(", ", listed));
  }

  /// How many letters must be inserted, removed or replaced to turn `a` into `b`, case aside
  /// (Levenshtein 1965).
  static int distance(String a, String b) {
    String from = a.toLowerCase(Locale.ROOT);
    String to = b.toLowerCase(Locale.ROOT);
    int[] row = new int[to.length() + 1]; // distances from the first i letters of `from`
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
