package dev.glissade.problem;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The values of all options of a problem, immutable.
public final class Options {

  private final List<Option<?>> known;
  private final Map<Option<?>, Object> values; // each a value of its option

  private Options(List<Option<?>> known, Map<Option<?>, Object> values) {
    this.known = known;
    this.values = values;
  }

  /// All options at their defaults.
  static Options defaults(List<Option<?>> known) {
    Map<Option<?>, Object> values = new LinkedHashMap<>();
    for (Option<?> option : known) {
      values.put(option, option.defaultValue());
    }
    return new Options(List.copyOf(known), values);
  }

  /// The value of an option.
  ///
  /// @throws IllegalArgumentException if the problem has no such option
  @SuppressWarnings("unchecked") // defaults and with put in values of the option's type only
  public <T> T get(Option<T> option) {
    Object value = values.get(option);
    if (value == null) {
      throw new IllegalArgumentException("no option '%s' among %s".formatted(option.name(), known));
    }
    return (T) value;
  }

  /// These options with another value of one.
  ///
  /// @throws IllegalArgumentException if the problem has no such option or the value is out of
  ///   range
  public <T> Options with(Option<T> option, T value) {
    get(option);
    String text = option.format(value);
    if (option.parse(text).isEmpty()) {
      throw new IllegalArgumentException(
          "option '%s' must be %s, got '%s'".formatted(option.name(), option.range(), text));
    }
    Map<Option<?>, Object> changed = new LinkedHashMap<>(values);
    changed.put(option, value);
    return new Options(known, changed);
  }

  /// The suffix that these options add to a problem's name: those that differ from the default, in
  /// the problem's order, such as `:dim=20,start=0.1`; nothing if none does.
  String suffix() {
    StringBuilder suffix = new StringBuilder();
    for (Option<?> option : known) {
      append(option, suffix);
    }
    return suffix.toString();
  }

  private <T> void append(Option<T> option, StringBuilder suffix) {
    String text = option.format(get(option));
    if (!text.equals(option.defaultText())) {
      suffix.append(suffix.isEmpty() ? ':' : ',');
      suffix.append(option.name()).append('=').append(text);
    }
  }
}
