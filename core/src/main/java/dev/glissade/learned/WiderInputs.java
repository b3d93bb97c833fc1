package dev.glissade.learned;

import dev.glissade.learned.Preprocessing.AdamLike;
import dev.glissade.learned.Preprocessing.LogSign;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The weights of an LSTM for one that sees more of the gradient, so that a training may start from
/// an optimizer that saw less. At first both do the same: what is new has weights of 0.
///
/// The logarithm is divided by another p, so its weight is multiplied by the quotient: both
/// networks do the same with gradients that both see the logarithm of, those of at least e⁻ᵖ for
/// the lesser p.
///
/// @param columns for each input of the wider network the column of the narrower one whose weights
///   it takes, −1 for none
/// @param factors by which these are multiplied
record WiderInputs(List<Integer> columns, List<Double> factors, int narrow) {

  private static final int NONE = -1;

  /// An input of a network. Equal ones are the same number, but for the unit of a logarithm.
  ///
  /// @param beta of running means; 0 where there are none
  private record Input(Kind kind, double beta) {}

  private enum Kind {
    GRADIENT,
    LOGARITHM,
    SIGN,
    MEAN,
    RELATIVE,
    TIME
  }

  /// The LSTMs of an architecture that is one, or has one for each of its groups, by the name of
  /// the block that their inputs go into.
  static Map<String, Lstm> networks(Architecture<?> architecture) {
    Map<String, Lstm> networks = new HashMap<>();
    if (architecture instanceof Lstm lstm) {
      networks.put(lstm.layout().blocks().getFirst().name(), lstm);
    } else if (architecture instanceof Grouped grouped) {
      grouped
          .learned()
          .forEach((prefix, member) ->
              networks(member).forEach((block, lstm) -> networks.put(prefix + block, lstm)));
    }
    return networks;
  }

  /// The way from one network's inputs to another's.
  ///
  /// @throws IllegalArgumentException if the wider one lacks an input, or they differ in more
  static WiderInputs of(Lstm from, Lstm to) {
    List<Input> old = inputs(from.inputs());
    List<Input> now = inputs(to.inputs());
    if (from.layers() != to.layers() || from.hidden() != to.hidden() || !now.containsAll(old)) {
      throw new IllegalArgumentException(
          "cannot start from an optimizer of another architecture: %s on %s has not all inputs of %s on %s"
              .formatted(to.summary(), to.inputs(), from.summary(), from.inputs()));
    }
    double rescaled = Lstm.logSign(to.inputs()) / Lstm.logSign(from.inputs());
    return new WiderInputs(
        now.stream().map(old::indexOf).toList(),
        now.stream().map(input -> input.kind == Kind.LOGARITHM ? rescaled : 1).toList(),
        old.size());
  }

  private static List<Input> inputs(Preprocessing inputs) {
    return switch (inputs) {
      case Preprocessing.Identity _ -> List.of(new Input(Kind.GRADIENT, 0));
      case LogSign _ -> List.of(new Input(Kind.LOGARITHM, 0), new Input(Kind.SIGN, 0));
      case AdamLike(double beta) ->
          List.of(new Input(Kind.MEAN, beta), new Input(Kind.RELATIVE, beta));
      case Preprocessing.Both(LogSign first, AdamLike second) ->
          concat(inputs(first), inputs(second));
      case Preprocessing.Timed(Preprocessing untimed) ->
          concat(inputs(untimed), List.of(new Input(Kind.TIME, 0)));
    };
  }

  private static List<Input> concat(List<Input> first, List<Input> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  /// The weights of the matrix that inputs go into, `[rows][inputs + rest]`, for the wider network.
  ///
  /// @param matrix those of the narrower one
  /// @param rows how many
  float[] widen(float[] matrix, int rows) {
    int width = matrix.length / rows;
    int rest = width - narrow;
    float[] wide = new float[rows * (columns.size() + rest)];
    for (int row = 0; row < rows; row++) {
      int at = row * (columns.size() + rest);
      for (int i = 0; i < columns.size(); i++) {
        int column = columns.get(i);
        wide[at + i] = column == NONE ? 0 : (float) (factors.get(i) * matrix[row * width + column]);
      }
      System.arraycopy(matrix, row * width + narrow, wide, at + columns.size(), rest);
    }
    return wide;
  }
}
