package dev.glissade.learned;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/// What the network sees of a gradient: pre(∇).
public sealed interface Preprocessing {

  /// The gradient itself, one input a coordinate.
  record Identity() implements Preprocessing {
    @Override
    public String toString() {
      return "identity";
    }
  }

  /// Magnitude and sign apart, two inputs a coordinate: (log|∇|/p, sgn ∇) where |∇| ≥ e⁻ᵖ, else
  /// (−1, eᵖ·∇). Andrychowicz et al. 2016, appendix A.
  ///
  /// @param p how many orders of magnitude (base e) below 1 are told apart, > 0; 10 in the paper
  record LogSign(double p) implements Preprocessing {
    public LogSign {
      if (!(p > 0 && p <= 80)) {
        throw new IllegalArgumentException(
            "preprocessing: p of log-sign must be > 0 and <= 80, got " + p);
      }
    }

    @Override
    public String toString() {
      return "log-sign:" + p;
    }
  }

  /// Running means of the gradient, as Adam has them, two inputs a coordinate: (m̂/√v̂, ∇/√v̂).
  /// What the network sees does not depend on the scale of the loss. Lv, Jiang, Li 2017 (RNNprop).
  ///
  /// @param beta β of both means, in (0, 1); 0.95 in their paper
  record AdamLike(double beta) implements Preprocessing {
    public AdamLike {
      if (!(beta > 0 && beta < 1)) {
        throw new IllegalArgumentException(
            "preprocessing: β of adam-like must be > 0 and < 1, got " + beta);
      }
    }

    @Override
    public String toString() {
      return "adam-like:" + beta;
    }
  }

  /// Both of them, four inputs a coordinate: log/sign tells how large a gradient is, the running
  /// means how much of it is noise.
  record Both(LogSign logSign, AdamLike adamLike) implements Preprocessing {
    @Override
    public String toString() {
      return logSign + "+" + adamLike;
    }
  }

  /// The time as one more input, the same for all coordinates: 2·log₁₀(1 + t) − 4 after t steps, so
  /// that a network need not count them, and each tenfold run adds as much as the one before.
  ///
  /// @param untimed the other inputs
  record Timed(Preprocessing untimed) implements Preprocessing {

    private static final String SUFFIX = "+time";

    public Timed {
      if (untimed instanceof Timed) {
        throw new IllegalArgumentException(
            "preprocessing: the time can be an input once only, got " + untimed + SUFFIX);
      }
    }

    @Override
    public String toString() {
      return untimed + SUFFIX;
    }
  }

  /// Parses how a preprocessing prints: `identity`, `log-sign:10`, `adam-like:0.95` or
  /// `log-sign:10+adam-like:0.95`, each perhaps with `+time` at its end.
  ///
  /// @throws IllegalArgumentException if the text has another form, or a number is out of range
  static Preprocessing parse(String text) {
    if (text.endsWith(Timed.SUFFIX)) {
      return new Timed(parse(text.substring(0, text.length() - Timed.SUFFIX.length())));
    }
    List<Preprocessing> parts =
        Arrays.stream(text.split("\\+", -1)).map(part -> part(part, text)).toList();
    if (parts.size() == 1) {
      return parts.getFirst();
    }
    if (parts.size() == 2
        && parts.getFirst() instanceof LogSign logSign
        && parts.getLast() instanceof AdamLike adamLike) {
      return new Both(logSign, adamLike);
    }
    throw wrong(text);
  }

  private static Preprocessing part(String part, String text) {
    int colon = part.indexOf(':');
    String kind = colon < 0 ? part : part.substring(0, colon);
    OptionalDouble number =
        colon < 0 ? OptionalDouble.empty() : OptionalDouble.of(number(part, colon, text));
    if (part.equals("identity")) {
      return new Identity();
    }
    return switch (kind) {
      case "log-sign" -> new LogSign(number.orElse(10));
      case "adam-like" -> new AdamLike(number.orElse(0.95));
      default -> throw wrong(text);
    };
  }

  private static double number(String part, int colon, String text) {
    try {
      return Double.parseDouble(part.substring(colon + 1));
    } catch (NumberFormatException e) {
      throw wrong(text);
    }
  }

  private static IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException(
        "preprocessing must be 'identity', 'log-sign:P', 'adam-like:BETA' or"
            + " 'log-sign:P+adam-like:BETA', each with '+time' or without, got '%s'"
                .formatted(text));
  }
}
