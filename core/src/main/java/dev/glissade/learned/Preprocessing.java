package dev.glissade.learned;

/// The preprocessing pre(∇) of gradients: what a network sees of them.
public sealed interface Preprocessing {

  /// The gradient itself, one input a coordinate.
  record Identity() implements Preprocessing {
    @Override
    public String toString() {
      return "identity";
    }
  }

  /// The logarithm of the magnitude and the sign, two inputs a coordinate: (log|∇|/p, sgn ∇) where
  /// |∇| ≥ e⁻ᵖ, else (−1, eᵖ·∇). Andrychowicz et al. 2016, appendix A.
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

  /// Log/sign inputs and running means, four inputs a coordinate: log/sign tells how large a
  /// gradient is, the running means how much of it is noise.
  record Both(LogSign logSign, AdamLike adamLike) implements Preprocessing {
    @Override
    public String toString() {
      return logSign + "+" + adamLike;
    }
  }

  /// Reads a preprocessing from the text that it prints: `identity`, `log-sign:10`,
  /// `adam-like:0.95` or `log-sign:10+adam-like:0.95`.
  static Preprocessing parse(String text) {
    int plus = text.indexOf('+');
    if (plus >= 0
        && parse(text.substring(0, plus)) instanceof LogSign logSign
        && parse(text.substring(plus + 1)) instanceof AdamLike adamLike) {
      return new Both(logSign, adamLike);
    }
    int colon = text.indexOf(':');
    String name = colon < 0 ? text : text.substring(0, colon);
    String number = colon < 0 ? "" : text.substring(colon + 1);
    try {
      switch (name) {
        case "identity" -> {
          if (colon < 0) {
            return new Identity();
          }
        }
        case "log-sign" -> {
          return new LogSign(colon < 0 ? 10 : Double.parseDouble(number));
        }
        case "adam-like" -> {
          return new AdamLike(colon < 0 ? 0.95 : Double.parseDouble(number));
        }
        default -> {}
      }
    } catch (NumberFormatException e) {
      // falls through to the one message
    }
    throw new IllegalArgumentException(
        "preprocessing must be 'identity', 'log-sign:P', 'adam-like:BETA' or"
            + " 'log-sign:P+adam-like:BETA', got '%s'".formatted(text));
  }
}
