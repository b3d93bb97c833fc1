package dev.glissade.learned;

import dev.glissade.optimizer.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Architectures as short texts, for where one is an option of something else: `lstm(2, 20)`,
/// `lstm(1, 8, log-sign:10, 0.1)`, `linear`, `corrected(adam=0.05)` or `corrected(adam=0.05,
/// lstm(1, 8))`.
///
/// What is left out is that of the paper's network for quadratics; a corrected rule has a linear
/// one, whose inputs are `log-sign:10`. Architectures with groups, with a memory, with global cells
/// or with a schedule for more or less than 1,000 steps have no such text.
public final class ArchitectureNotation {

  /// The forms that a text can have, for people.
  public static final String FORMS =
      "linear, lstm(LAYERS, HIDDEN[, INPUTS[, SCALE[, OUTPUT]]]) or corrected(RULE=RATE[,"
          + " NETWORK])";

  private static final String LINEAR_NAME = "linear";

  /// Sees sizes of gradients as logarithms: a factor that is linear in gradients themselves
  /// explodes where these are large.
  private static final Lstm LINEAR = new Lstm(0, 20, new Preprocessing.LogSign(10), 1);

  private static final Lstm USUAL = Lstm.forQuadratics();

  private ArchitectureNotation() {}

  /// Reads the architecture that a text stands for.
  ///
  /// @throws IllegalArgumentException if it has another form, or a value is out of range
  public static Architecture<?> parse(String text) {
    String name = text.strip();
    if (name.equals(LINEAR_NAME)) {
      return LINEAR;
    }
    int open = name.indexOf('(');
    if (open < 0 || !name.endsWith(")")) {
      throw wrong(text);
    }
    List<String> arguments = arguments(name.substring(open + 1, name.length() - 1));
    return switch (name.substring(0, open).strip()) {
      case Lstm.KIND -> lstm(arguments, text);
      case Corrected.KIND -> corrected(arguments);
      default -> throw wrong(text);
    };
  }

  /// The arguments between the commas that are in no parentheses.
  private static List<String> arguments(String text) {
    List<String> arguments = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (c == ',' && depth == 0) {
        arguments.add(text.substring(start, i).strip());
        start = i + 1;
      }
    }
    arguments.add(text.substring(start).strip());
    return arguments;
  }

  private static Lstm lstm(List<String> arguments, String text) {
    if (arguments.size() < 2 || arguments.size() > 5) {
      throw wrong(text);
    }
    try {
      return new Lstm(
          Integer.parseInt(arguments.get(0)),
          Integer.parseInt(arguments.get(1)),
          arguments.size() > 2 ? Preprocessing.parse(arguments.get(2)) : USUAL.inputs(),
          arguments.size() > 3 ? Double.parseDouble(arguments.get(3)) : USUAL.outputScale(),
          arguments.size() > 4 ? Lstm.Output.parse(arguments.get(4)) : USUAL.output());
    } catch (NumberFormatException e) {
      throw wrong(text);
    }
  }

  /// A rule may have settings behind commas of its own, each with `=`; a network has none.
  private static Corrected corrected(List<String> arguments) {
    String last = arguments.getLast();
    boolean named = arguments.size() > 1 && (last.equals(LINEAR_NAME) || last.endsWith(")"));
    List<String> rule = named ? arguments.subList(0, arguments.size() - 1) : arguments;
    return new Corrected(named ? parse(last) : LINEAR, Rule.parse(String.join(",", rule)));
  }

  /// The text of an architecture; empty if it has none.
  public static Optional<String> format(Architecture<?> architecture) {
    return switch (architecture) {
      case Lstm lstm when lstm.equals(LINEAR) -> Optional.of(LINEAR_NAME);
      case Lstm lstm when lstm.globalCells() == 0 -> Optional.of(format(lstm));
      case Corrected(_, _, int halfDecades) when halfDecades != Corrected.USUAL_HALF_DECADES ->
          Optional.empty();
      case Corrected(var network, Rule base, _) when network.equals(LINEAR) ->
          Optional.of("corrected(%s)".formatted(base));
      case Corrected(var network, Rule base, _) ->
          format(network).map(inner -> "corrected(%s, %s)".formatted(base, inner));
      case Architecture<?> _ -> Optional.empty();
    };
  }

  private static String format(Lstm lstm) {
    String shape = "lstm(%s, %s".formatted(lstm.layers(), lstm.hidden());
    if (lstm.equals(new Lstm(lstm.layers(), lstm.hidden(), USUAL.inputs(), USUAL.outputScale()))) {
      return shape + ")";
    }
    String scaled = shape + ", %s, %s".formatted(lstm.inputs(), lstm.outputScale());
    return lstm.output() == USUAL.output()
        ? scaled + ")"
        : scaled + ", %s)".formatted(lstm.output());
  }

  private static IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException(
        "an architecture must be like %s, got '%s'".formatted(FORMS, text));
  }
}
