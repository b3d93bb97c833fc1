package dev.glissade.problem;

import dev.glissade.Problem;
import dev.glissade.internal.Suggestions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// An entry of a [ProblemCatalog]: how to make a problem from its options.
///
/// @param name in lower case, without colon
/// @param summary one line for people
/// @param source where the problem comes from: author and year
/// @param size N with the default options
/// @param steps how many steps an episode has by default
/// @param data the data sets that must be in place, none for most
/// @param options in the order in which they appear in a problem's name
/// @param variants options of its relatives, such as `activation=relu`: what an optimizer that must
///   be ready for anything is trained on as well
/// @param maker makes the problem
public record ProblemFactory(
    String name,
    String summary,
    String source,
    int size,
    int steps,
    List<String> data,
    List<ProblemOption> options,
    List<String> variants,
    Maker maker) {

  /// Makes a problem.
  @FunctionalInterface
  public interface Maker {

    /// The problem with these options.
    ///
    /// @param name what [Problem#name] must return
    Problem make(String name, ProblemOptions options);
  }

  public ProblemFactory {
    data = List.copyOf(data);
    options = List.copyOf(options);
    variants = List.copyOf(variants);
  }

  /// A problem without variants.
  public ProblemFactory(
      String name,
      String summary,
      String source,
      int size,
      int steps,
      List<String> data,
      List<ProblemOption> options,
      Maker maker) {
    this(name, summary, source, size, steps, data, options, List.of(), maker);
  }

  /// The same with variants.
  public ProblemFactory withVariants(String... others) {
    return new ProblemFactory(
        name, summary, source, size, steps, data, options, List.of(others), maker);
  }

  /// Makes the problem, whose name is this one's with those options that differ from the default.
  ///
  /// @param given values by option; what is missing has its default
  /// @throws IllegalArgumentException for an unknown option or a value out of range
  public Problem create(Map<String, String> given) {
    for (String key : given.keySet()) {
      requireKnown(key);
    }
    Map<String, String> values = new LinkedHashMap<>();
    StringBuilder fullName = new StringBuilder(name);
    for (ProblemOption option : options) {
      String value = value(option, given.getOrDefault(option.name(), option.defaultValue()));
      if (!value.equals(option.defaultValue())) {
        fullName.append(fullName.length() == name.length() ? ':' : ',');
        fullName.append(option.name()).append('=').append(value);
      }
      values.put(option.name(), value);
    }
    return maker.make(fullName.toString(), new ProblemOptions(values));
  }

  private String value(ProblemOption option, String text) {
    return option
        .canonical()
        .apply(text)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "option '%s' of problem '%s' must be %s, got '%s'"
                    .formatted(option.name(), name, option.range(), text)));
  }

  private void requireKnown(String key) {
    List<String> known = options.stream().map(ProblemOption::name).toList();
    if (!known.contains(key)) {
      List<String> listed =
          options.stream().map(option -> option.name() + "=" + option.defaultValue()).toList();
      throw new IllegalArgumentException(
          "problem '%s' has no option '%s'%s"
              .formatted(name, key, Suggestions.hint(key, known, listed)));
    }
  }
}
