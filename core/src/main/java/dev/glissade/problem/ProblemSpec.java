package dev.glissade.problem;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a person writes to name a problem: `name` or `name:key=value,key=value`. Only the grammar
/// is checked here; a [ProblemCatalog] knows which names and values there are.
///
/// @param name the problem's name
/// @param options what was given, by key, in the order given
public record ProblemSpec(String name, Map<String, String> options) {

  public ProblemSpec {
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
  }

  /// Takes the text apart.
  ///
  /// @throws IllegalArgumentException with one line that says what is wrong
  public static ProblemSpec parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      return new ProblemSpec(text.strip(), Map.of());
    }
    Map<String, String> options = new LinkedHashMap<>();
    for (String pair : text.substring(colon + 1).split(",", -1)) {
      int equals = pair.indexOf('=');
      if (equals < 0) {
        throw new IllegalArgumentException(
            "expected key=value after '%s', got '%s' in '%s'"
                .formatted(text.substring(0, colon + 1), pair, text));
      }
      String key = pair.substring(0, equals).strip();
      if (options.put(key, pair.substring(equals + 1).strip()) != null) {
        throw new IllegalArgumentException(
            "option '%s' is given twice in '%s'".formatted(key, text));
      }
    }
    return new ProblemSpec(text.substring(0, colon).strip(), options);
  }
}
