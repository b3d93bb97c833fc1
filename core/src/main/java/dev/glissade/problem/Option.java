package dev.glissade.problem;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// One option of a problem, the key of its value in [Options]: what it is called, what it may be,
/// what it is by default.
///
/// ```java
/// Option<Integer> dimension = Option.whole("dim", 10, 1, 4096, "number of coordinates");
/// ```
///
/// Options are told apart by identity, not by name.
///
/// @param <T> the type of its values, which have one text each
public final class Option<T> {

  private final String name;
  private final T defaultValue;
  private final String range;
  private final String summary;
  private final Function<String, Optional<T>> reader;
  private final Function<T, String> writer;

  private Option(
      String name,
      T defaultValue,
      String range,
      String summary,
      Function<String, Optional<T>> reader,
      Function<T, String> writer) {
    this.name = name;
    this.defaultValue = defaultValue;
    this.range = range;
    this.summary = summary;
    this.reader = reader;
    this.writer = writer;
  }

  /// An option whose value is a whole number.
  public static Option<Integer> whole(
      String name, int defaultValue, int min, int max, String summary) {
    return new Option<>(
        name,
        defaultValue,
        "a whole number from %s to %s".formatted(min, max),
        summary,
        text -> number(text, min, max).filter(x -> x == Math.rint(x)).map(Double::intValue),
        value -> Integer.toString(value));
  }

  /// An option whose value is a decimal number.
  public static Option<Double> real(
      String name, double defaultValue, double min, double max, String summary) {
    return new Option<>(
        name,
        defaultValue,
        "a number from %s to %s".formatted(plain(min), plain(max)),
        summary,
        text -> number(text, min, max),
        Option::plain);
  }

  /// An option whose value is one of an enum's constants, the first of which is the default.
  public static <E extends Enum<E> & Labelled> Option<E> choice(
      String name, Class<E> type, String summary) {
    List<E> values = List.of(type.getEnumConstants());
    return new Option<>(
        name,
        values.getFirst(),
        values.stream().map(Labelled::label).collect(Collectors.joining(", ", "one of ", "")),
        summary,
        text -> values.stream().filter(value -> value.label().equals(text)).findFirst(),
        Labelled::label);
  }

  /// An option whose value is any text without a comma.
  public static Option<String> text(String name, String defaultValue, String summary) {
    return new Option<>(name, defaultValue, "any text", summary, Optional::of, Function.identity());
  }

  /// An option whose values are of any type.
  ///
  /// @param range what its values may be, for people
  /// @param reader the value that a text stands for, or nothing
  /// @param writer the one text that stands for a value, without a comma
  public static <T> Option<T> of(
      String name,
      T defaultValue,
      String range,
      String summary,
      Function<String, Optional<T>> reader,
      Function<T, String> writer) {
    return new Option<>(name, defaultValue, range, summary, reader, writer);
  }

  /// The option's name, as in `name=value`.
  public String name() {
    return name;
  }

  /// The value of a problem that is named without the option.
  public T defaultValue() {
    return defaultValue;
  }

  /// The default value as the text that stands for it.
  public String defaultText() {
    return format(defaultValue);
  }

  /// The range of the option's values, for people: such as `a whole number from 1 to 4096`.
  public String range() {
    return range;
  }

  /// The meaning of the option, in one line for people.
  public String summary() {
    return summary;
  }

  /// The value that a text stands for; nothing if that is not in the range.
  public Optional<T> parse(String text) {
    return reader.apply(text);
  }

  /// The one text that stands for a value; equal values have equal texts.
  public String format(T value) {
    return writer.apply(value);
  }

  @Override
  public String toString() {
    return name + "=" + defaultText();
  }

  private static Optional<Double> number(String text, double min, double max) {
    try {
      double value = Double.parseDouble(text);
      return value >= min && value <= max ? Optional.of(value + 0.0) : Optional.empty(); // no −0
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /// Writes a number without an exponent and without zeros at the end.
  static String plain(double value) {
    return value == 0 ? "0" : BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }
}
