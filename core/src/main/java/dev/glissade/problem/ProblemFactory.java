package dev.glissade.problem;

import dev.glissade.Problem;
import dev.glissade.internal.Suggestions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// An entry of a [ProblemCatalog]: how to make a problem from its options.
///
/// ```java
/// Option<Integer> dimension = Option.whole("dim", 10, 1, 4096, "number of coordinates");
/// ProblemFactory bowls =
///     ProblemFactory.named("bowls")
///         .summary("round bowls")
///         .source("nobody")
///         .options(dimension)
///         .make((name, options) -> RandomProblem.of(name, random -> …options.get(dimension)…));
/// ```
public final class ProblemFactory {

  private final String name;
  private final String summary;
  private final String source;
  private final int steps;
  private final List<String> data;
  private final List<Option<?>> options;
  private final List<UnaryOperator<Options>> variants;
  private final Maker maker;

  /// Makes a problem of given options.
  @FunctionalInterface
  public interface Maker {

    /// The problem with these options.
    ///
    /// @param name what [Problem#name] must return
    Problem make(String name, Options options);
  }

  private ProblemFactory(Builder builder, Maker maker) {
    this.name = builder.name;
    this.summary = builder.summary;
    this.source = builder.source;
    this.steps = builder.steps;
    this.data = builder.data;
    this.options = builder.options;
    this.variants = List.copyOf(builder.variants);
    this.maker = maker;
  }

  /// Begins a factory of problems of that name.
  ///
  /// @param name in lower case, without colon
  public static Builder named(String name) {
    return new Builder(name);
  }

  /// What a factory is made of. Whatever is not said is nothing, and runs take 100 steps.
  public static final class Builder {

    private final String name;
    private String summary = "";
    private String source = "";
    private int steps = 100;
    private List<String> data = List.of();
    private List<Option<?>> options = List.of();
    private final List<UnaryOperator<Options>> variants = new ArrayList<>();

    private Builder(String name) {
      this.name = name;
    }

    /// Says what the problem is, in one line for people.
    public Builder summary(String text) {
      summary = text;
      return this;
    }

    /// Says where the problem comes from: author and year.
    public Builder source(String text) {
      source = text;
      return this;
    }

    /// Says how many steps a run usually takes, ≥ 1: [Problem#steps].
    public Builder steps(int count) {
      if (count < 1) {
        throw new IllegalArgumentException("steps must be >= 1, got " + count);
      }
      steps = count;
      return this;
    }

    /// Says which data sets must be in place.
    public Builder data(String... names) {
      data = List.of(names);
      return this;
    }

    /// Says which options there are, in the order in which they appear in a problem's name.
    public Builder options(Option<?>... all) {
      List<String> names = List.of(all).stream().map(Option::name).toList();
      if (names.stream().distinct().count() < names.size()) {
        throw new IllegalArgumentException(
            "problem '%s' has an option twice: %s".formatted(name, names));
      }
      options = List.of(all);
      return this;
    }

    /// Adds a relative that each problem has: to [Problem#variants].
    ///
    /// @param change makes the relative's options of the problem's own; what it leaves alone is the
    ///   same in both
    public Builder variant(UnaryOperator<Options> change) {
      variants.add(change);
      return this;
    }

    /// The factory that makes problems so.
    public ProblemFactory make(Maker maker) {
      return new ProblemFactory(this, maker);
    }
  }

  /// The name of the problem with its default options.
  public String name() {
    return name;
  }

  /// The summary of the problem, in one line for people.
  public String summary() {
    return summary;
  }

  /// The source of the problem: author and year.
  public String source() {
    return source;
  }

  /// The data sets that must be in place, none for most.
  public List<String> data() {
    return data;
  }

  /// The options in the order in which they appear in a problem's name.
  public List<Option<?>> options() {
    return options;
  }

  int steps() {
    return steps;
  }

  /// Makes the problem with the default options.
  public Problem create() {
    return create(List.of());
  }

  /// Makes the problem, whose name is this one's with those options that differ from the default.
  ///
  /// @param given values of options; what is missing has its default
  /// @throws IllegalArgumentException for an unknown option or a value out of range
  public Problem create(List<ProblemSpec.Setting> given) {
    Options chosen = Options.defaults(options);
    for (ProblemSpec.Setting setting : given) {
      chosen = set(chosen, option(setting.option()), setting.value());
    }
    return create(chosen);
  }

  private Problem create(Options chosen) {
    return new CatalogProblem(maker.make(name + chosen.suffix(), chosen), this, chosen);
  }

  /// The relatives of the problem with these options, each once.
  List<Problem> variants(Options chosen) {
    Map<String, Problem> byName = new LinkedHashMap<>();
    for (UnaryOperator<Options> variant : variants) {
      Problem problem = create(variant.apply(chosen));
      byName.putIfAbsent(problem.name(), problem);
    }
    byName.remove(name + chosen.suffix());
    return List.copyOf(byName.values());
  }

  private <T> Options set(Options chosen, Option<T> option, String text) {
    T value =
        option
            .parse(text)
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "option '%s' of problem '%s' must be %s, got '%s'"
                        .formatted(option.name(), name, option.range(), text)));
    return chosen.with(option, value);
  }

  private Option<?> option(String key) {
    for (Option<?> option : options) {
      if (option.name().equals(key)) {
        return option;
      }
    }
    List<String> known = options.stream().map(Option::name).toList();
    List<String> listed = options.stream().map(Option::toString).toList();
    throw new IllegalArgumentException(
        "problem '%s' has no option '%s'%s"
            .formatted(name, key, Suggestions.hint(key, known, listed)));
  }
}
