package dev.glissade.app.report;

import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// What an optimizer has learned, seen from outside: the updates that it proposes for simple
/// histories of gradients.
///
/// @param responses one for each history and magnitude
public record ResponseReport(List<Response> responses) {

  /// How many steps are asked for.
  public static final int STEPS = 32;

  private static final double[] MAGNITUDES = {0.001, 0.01, 0.1, 1, 10};

  /// A history of gradients of one magnitude.
  public enum History {
    /// The same gradient at every step: does the optimizer gather speed?
    CONSTANT,
    /// The sign changes at every step: does it slow down?
    ALTERNATING;

    private float gradient(double magnitude, int step) {
      return (float) (this == ALTERNATING && step % 2 == 1 ? -magnitude : magnitude);
    }
  }

  /// The answer to one history.
  ///
  /// @param history of the gradients
  /// @param magnitude of each of them
  /// @param rates −update/gradient at each step, the mean of the answers to the history and to the
  ///   one with all signs changed: the learning rate of plain gradient descent that would make the
  ///   same step
  public record Response(History history, double magnitude, double[] rates) {}

  /// Asks an optimizer. Each history, and each with all signs changed, is one coordinate of one
  /// run, and a block of its own, for rules that look at whole blocks.
  public static <S extends OptimizerState> ResponseReport of(Optimizer<S> optimizer) {
    List<Response> responses = new ArrayList<>();
    for (History history : History.values()) {
      for (double magnitude : MAGNITUDES) {
        responses.add(new Response(history, magnitude, new double[STEPS]));
      }
    }
    int count = responses.size();
    S state = optimizer.start(histories(2 * count));
    float[] gradient = new float[2 * count];
    float[] update = new float[2 * count];
    for (int t = 0; t < STEPS; t++) {
      for (int i = 0; i < count; i++) {
        gradient[i] = responses.get(i).history.gradient(responses.get(i).magnitude, t);
        gradient[count + i] = -gradient[i];
      }
      optimizer.update(Point.of(t, gradient), state, update);
      for (int i = 0; i < count; i++) {
        responses.get(i).rates[t] = (update[count + i] - update[i]) / (2.0 * gradient[i]);
      }
    }
    return new ResponseReport(List.copyOf(responses));
  }

  private static ParameterLayout histories(int count) {
    return new ParameterLayout(
        IntStream.range(0, count).mapToObj(i -> ParameterLayout.block("history" + i, 1)).toList());
  }

  /// The answers to one kind of history, by magnitude.
  public List<Response> responses(History history) {
    return responses.stream().filter(response -> response.history == history).toList();
  }
}
