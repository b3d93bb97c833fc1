package dev.glissade.app.cli;

import dev.glissade.Problem;
import dev.glissade.problem.Mixture;
import dev.glissade.problem.RandomlyScaled;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What an optimizer is trained on beside the problem itself, so that it is ready for more.
///
/// @param mix other problems, as a person writes them; all are drawn equally often
/// @param randomScaling range of the logarithms by which coordinates are scaled; 0 for not at all
record Variety(List<String> mix, double randomScaling) {

  Variety {
    mix = List.copyOf(mix);
  }

  /// The problem and those that are mixed in.
  ///
  /// @throws IllegalArgumentException if one is unknown
  List<Problem> parts(Problem problem) {
    List<Problem> parts = new ArrayList<>(List.of(problem));
    for (String other : mix) {
      parts.add(ProblemArgument.parse(other).problem());
    }
    return parts;
  }

  /// The problem to train on.
  ///
  /// @throws IllegalArgumentException if a part is unknown or the range is wrong
  Problem applyTo(Problem problem) {
    List<Problem> parts = parts(problem);
    Problem mixed = parts.size() == 1 ? problem : new Mixture(parts);
    return randomScaling == 0 ? mixed : new RandomlyScaled(mixed, randomScaling);
  }

  /// As text by name.
  Map<String, String> toMap() {
    Map<String, String> map = new LinkedHashMap<>();
    List<String> names = mix.stream().map(m -> ProblemArgument.parse(m).problem().name()).toList();
    map.put("mix", String.join(";", names));
    map.put("randomScaling", Double.toString(randomScaling));
    return map;
  }

  /// Reads what [#toMap] wrote; what is missing is none.
  static Variety fromMap(Map<String, String> map) {
    String mix = map.getOrDefault("mix", "");
    String scaling = map.getOrDefault("randomScaling", "0");
    try {
      return new Variety(
          mix.isBlank() ? List.of() : List.of(mix.split(";", -1)), Double.parseDouble(scaling));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("randomScaling must be a number, got " + scaling, e);
    }
  }
}
