package dev.glissade.internal;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Messages for names that do not exist: what was meant, perhaps, and what there is.
public final class Suggestions {

  private Suggestions() {}

  /// A message for an unknown name, such as `unknown optimizer 'adm' (did you mean 'adam'?); known:
  /// sgd, adam`.
  ///
  /// @param kind what the name should have named
  /// @param name the name that was given
  /// @param known the names that exist
  public static String unknown(String kind, String name, List<String> known) {
    return "unknown %s '%s'%s".formatted(kind, name, hint(name, known, known));
  }

  /// The second half of such a message, such as ` (did you mean 'dim'?); known: dim=10, start=1`.
  ///
  /// @param name the name that was given
  /// @param known the names that exist
  /// @param listed a text for each of them
  public static String hint(String name, List<String> known, List<String> listed) {
    if (known.isEmpty()) {
      return "; there are none";
    }
    String question = closest(name, known).map(" (did you mean '%s'?)"::formatted).orElse("");
    return question + "; known: " + String.join(", ", listed);
  }

  /// The name that was meant, perhaps.
  ///
  /// @param name the name that was given
  /// @param known the names that exist
  public static Optional<String> closest(String name, Collection<String> known) {
    return known.stream()
        .min(Comparator.comparingInt(k -> distance(name, k)))
        .filter(k -> distance(name, k) <= Math.max(1, name.length() / 2));
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
