package dev.glissade.problem;

import java.util.Map;

/// The values of all options of a problem, checked and in canonical form.
///
/// @param values by name
public record ProblemOptions(Map<String, String> values) {

  public ProblemOptions {
    values = Map.copyOf(values);
  }

  /// The value of an option made by [ProblemOption#whole].
  public int whole(String name) {
    return Integer.parseInt(text(name));
  }

  /// The value of an option made by [ProblemOption#real].
  public double real(String name) {
    return Double.parseDouble(text(name));
  }

  /// The value of any option.
  public String text(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no option '%s' in %s".formatted(name, values.keySet()));
    }
    return value;
  }
}
