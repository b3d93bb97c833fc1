package dev.glissade.problem;

import java.util.ArrayList;
import java.util.List;

/// What a person writes to name a problem: `name` or `name:key=value,key=value`. Only the grammar
/// is checked here; a [ProblemCatalog] knows which names and values there are.
///
/// A value may have commas inside of parentheses, as in `training:family=lstm(1, 8)`; one that is a
/// problem with options of its own stands in parentheses: `training:of=(quadratic:dim=4,start=1)`.
///
/// @param name the problem's name
/// @param settings what was given, in the order given, no option twice
public record ProblemSpec(String name, List<Setting> settings) {

  /// An option and its value, as they were written.
  ///
  /// @param option the option's name
  /// @param value the text of its value
  public record Setting(String option, String value) {}

  public ProblemSpec {
    settings = List.copyOf(settings);
  }

  /// Takes the text of a problem apart, into its name and its options.
  ///
  /// @throws IllegalArgumentException with one line that says what is wrong
  public static ProblemSpec parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      return new ProblemSpec(text.strip(), List.of());
    }
    List<Setting> settings = new ArrayList<>();
    for (String pair : split(text.substring(colon + 1), text)) {
      int equals = pair.indexOf('=');
      if (equals < 0) {
        throw new IllegalArgumentException(
            "expected key=value after '%s', got '%s' in '%s'"
                .formatted(text.substring(0, colon + 1), pair, text));
      }
      String option = pair.substring(0, equals).strip();
      if (settings.stream().anyMatch(setting -> setting.option.equals(option))) {
        throw new IllegalArgumentException(
            "option '%s' is given twice in '%s'".formatted(option, text));
      }
      settings.add(new Setting(option, pair.substring(equals + 1).strip()));
    }
    return new ProblemSpec(text.substring(0, colon).strip(), settings);
  }

  /// Splits a text at the commas that are in no parentheses.
  ///
  /// @param whole for the message
  private static List<String> split(String text, String whole) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < text.length() && depth >= 0; i++) {
      char c = text.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (c == ',' && depth == 0) {
        parts.add(text.substring(start, i));
        start = i + 1;
      }
    }
    if (depth != 0) {
      throw new IllegalArgumentException(
          "each '(' needs a ')' that follows it, got '%s'".formatted(whole));
    }
    parts.add(text.substring(start));
    return parts;
  }

  /// The part of a problem's name that precedes its first colon: what problems that differ in their
  /// options only have in common.
  public static String family(String name) {
    int colon = name.indexOf(':');
    return colon < 0 ? name : name.substring(0, colon);
  }
}
