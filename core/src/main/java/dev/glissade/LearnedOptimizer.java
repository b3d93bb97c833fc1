package dev.glissade;

/// A family of optimizers indexed by learned weights φ.
///
/// @param <S> the state of its members; the same type for every φ
public interface LearnedOptimizer<S extends OptimizerState> {

  /// The names and shapes of the blocks inside φ.
  ParameterLayout layout();

  /// Draws weights to start a training from, `float[layout().size()]`.
  float[] initialWeights(long seed);

  /// The member of the family with these weights, which are copied. It is a
  /// [dev.glissade.learned.DifferentiableRule] unless [#differentiability] is `NONE`.
  ///
  /// @param weights φ, finite, `float[layout().size()]`
  /// @throws IllegalArgumentException if they are not as many, or one is NaN or infinite
  Optimizer<S> with(float[] weights);

  /// What an update mixes, for every φ.
  default Coupling coupling() {
    return Coupling.ALL;
  }

  /// How far derivatives can be sent back through an update, for every φ.
  default Differentiability differentiability() {
    return Differentiability.NONE;
  }

  /// How far derivatives can be sent back through an update.
  enum Differentiability {

    /// No derivatives at all: such a family is trained from forward runs alone.
    NONE,

    /// Derivatives by the weights, with all gradients of the objective as constants.
    FIRST_ORDER,

    /// Derivatives by the weights, the state and the gradient, all of them exact.
    EXACT;

    /// The differentiability of a rule that consists of two: that of the worse.
    public Differentiability and(Differentiability other) {
      return compareTo(other) <= 0 ? this : other;
    }
  }
}
