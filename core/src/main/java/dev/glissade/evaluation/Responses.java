package dev.glissade.evaluation;

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
public record Responses(List<Response> responses) {

  /// The number of steps in each history of gradients.
  public static final int STEPS = 32;

  private static final List<Double> MAGNITUDES = List.of(0.001, 0.01, 0.1, 1.0, 10.0);

  public Responses {
    responses = List.copyOf(responses);
  }

  /// A history of gradients of one magnitude.
  public enum History {
    /// The same gradient at every step: does the optimizer gather speed?
    CONSTANT,
    /// The sign changes at every step: does it slow down?
    ALTERNATING
  }

  /// The answer to one history.
  ///
  /// @param history of the gradients
  /// @param magnitude of each of them
  /// @param rates −update/gradient at each step, the mean of the answers to the history and to the
  ///   one with all signs changed: the learning rate of plain gradient descent that would make the
  ///   same step
  public record Response(History history, double magnitude, List<Double> rates) {

    public Response {
      rates = List.copyOf(rates);
    }
  }

  /// The gradients of one coordinate.
  ///
  /// @param first that of step 0
  private record Signal(History history, double first) {

    float gradient(int step) {
      return (float)
          switch (history) {
            case CONSTANT -> first;
            case ALTERNATING -> step % 2 == 0 ? first : -first;
          };
    }
  }

  /// Asks an optimizer for its updates for every history and magnitude.
  public static Responses of(Optimizer<?> optimizer) {
    List<Signal> signals = new ArrayList<>();
    for (History history : History.values()) {
      for (double magnitude : MAGNITUDES) {
        signals.add(new Signal(history, magnitude));
        signals.add(new Signal(history, -magnitude));
      }
    }
    List<float[]> updates = updates(optimizer, signals);
    List<Response> responses = new ArrayList<>();
    for (int i = 0; i < signals.size(); i += 2) {
      responses.add(response(signals.get(i), updates.get(i), updates.get(i + 1)));
    }
    return new Responses(responses);
  }

  private static Response response(Signal signal, float[] updates, float[] mirrored) {
    List<Double> rates =
        IntStream.range(0, STEPS)
            .mapToObj(t -> (mirrored[t] - updates[t]) / (2.0 * signal.gradient(t)))
            .toList();
    return new Response(signal.history, signal.first, rates);
  }

  /// The updates for each signal, `[STEPS]`: from one run with a block for each, unless the
  /// optimizer would mix them.
  private static List<float[]> updates(Optimizer<?> optimizer, List<Signal> signals) {
    return switch (optimizer.coupling()) {
      case COORDINATES, BLOCKS -> run(optimizer, signals);
      case ALL ->
          signals.stream().map(signal -> run(optimizer, List.of(signal)).getFirst()).toList();
    };
  }

  private static <S extends OptimizerState> List<float[]> run(
      Optimizer<S> optimizer, List<Signal> signals) {
    int count = signals.size();
    List<float[]> updates = signals.stream().map(_ -> new float[STEPS]).toList();
    S state = optimizer.start(blocks(count));
    float[] gradient = new float[count];
    float[] update = new float[count];
    for (int t = 0; t < STEPS; t++) {
      for (int i = 0; i < count; i++) {
        gradient[i] = signals.get(i).gradient(t);
      }
      optimizer.update(Point.of(t, gradient), state, update);
      for (int i = 0; i < count; i++) {
        updates.get(i)[t] = update[i];
      }
    }
    return updates;
  }

  private static ParameterLayout blocks(int count) {
    return new ParameterLayout(
        IntStream.range(0, count).mapToObj(i -> ParameterLayout.block("history" + i, 1)).toList());
  }

  /// The answers to one kind of history, by magnitude.
  public List<Response> responses(History history) {
    return responses.stream().filter(response -> response.history == history).toList();
  }
}
