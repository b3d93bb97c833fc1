package dev.glissade.learned;

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

  /// Parses how a preprocessing prints: `identity` or `log-sign:10`.
  static Preprocessing parse(String text) {
    if (text.equals("identity")) {
      return new Identity();
    }
    if (text.equals("log-sign")) {
      return new LogSign(10);
    }
    if (text.startsWith("log-sign:")) {
      try {
        return new LogSign(Double.parseDouble(text.substring("log-sign:".length())));
      } catch (NumberFormatException e) {
        // falls through to the one message
      }
    }
    throw new IllegalArgumentException(
        "preprocessing must be 'identity' or 'log-sign:P', got '%s'".formatted(text));
  }
}
