package dev.glissade.learned;

import dev.glissade.internal.Suggestions;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Which of the equations H·y = s the inverse Hessian of a [QuasiNewton] rule keeps to, s being
/// past steps and y what they did to the gradient.
public enum Secants {
  /// All that agree, by [ConjugatePairs]: on a quadratic nothing that is known is lost. It takes
  /// O(N·memory²) operations a step.
  CONJUGATE,

  /// That of the newest step, as L-BFGS does: where the Hessian changes from step to step, older
  /// ones shape H and do not bind it. It takes O(N·memory) operations a step.
  NEWEST;

  /// The name in lower case, as in files and on the command line.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Reads what [#toString] gave.
  ///
  /// @throws IllegalArgumentException if there is none of that name
  public static Secants parse(String text) {
    return Arrays.stream(values())
        .filter(secants -> secants.toString().equals(text))
        .findFirst()
        .orElseThrow(() -> {
          List<String> known = Arrays.stream(values()).map(Secants::toString).toList();
          return new IllegalArgumentException(Suggestions.unknown("secants", text, known));
        });
  }
}
