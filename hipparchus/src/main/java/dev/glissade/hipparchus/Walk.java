package dev.glissade.hipparchus;

import dev.glissade.Descent;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.hipparchus.exception.LocalizedCoreFormats;
import org.hipparchus.exception.MathIllegalStateException;
import org.hipparchus.optim.ConvergenceChecker;
import org.hipparchus.util.Incrementor;

/// A descent that is counted and stopped as Hipparchus does it: an iteration is an evaluation, from
/// the second on a question to the checker, and a step.
///
/// @param descent which no one has moved yet
/// @param iterations counts them, up to its maximum
/// @param sign −1 if losses are values with their sign changed, else 1
record Walk(Descent descent, Incrementor iterations, double sign) {

  /// The number of coordinates that messages show.
  private static final int SHOWN = 8;

  /// Steps until the checker stops.
  ///
  /// @param here what the checker sees of the current point
  /// @return what it saw last
  /// @throws MathIllegalStateException if the maximum is passed, or a point is not finite
  <P> P until(ConvergenceChecker<P> checker, Supplier<P> here) {
    P previous = enter(here);
    while (true) {
      descent.advance();
      P current = enter(here);
      if (checker.converged(iterations.getCount(), previous, current)) {
        return current;
      }
      previous = current;
    }
  }

  private <P> P enter(Supplier<P> here) {
    iterations.increment();
    if (!descent.isFinite()) {
      throw new MathIllegalStateException(
          LocalizedCoreFormats.SIMPLE_MESSAGE,
          ("no step can be made from the point of iteration %s, %s: its value is %s, its gradient"
                  + " in single precision %s; start elsewhere, take a smaller learning rate, or scale"
                  + " parameters and values")
              .formatted(
                  iterations.getCount(),
                  shown(descent.parameters()),
                  sign * descent.loss(),
                  shown(descent.gradient())));
    }
    return here.get();
  }

  private static String shown(float[] values) {
    String first =
        Arrays.stream(Border.widened(values))
            .limit(SHOWN)
            .mapToObj(value -> String.valueOf((float) value))
            .collect(Collectors.joining(", "));
    return values.length > SHOWN
        ? "[%s, … %s more]".formatted(first, values.length - SHOWN)
        : "[" + first + "]";
  }
}
