package dev.glissade;

/// What is known where a step starts: how many were made, the parameters, the loss and the gradient
/// there. A [Descent] is one.
///
/// A point is live: its arrays are those of the run, only to be read, and change with the next
/// step.
public interface Point {

  /// The number of updates made so far with the optimizer's state, from 0.
  long step();

  /// f(θ); NaN where it is not known.
  double loss();

  /// The parameters θ, `float[N]`, only read.
  float[] parameters();

  /// ∇f(θ), `float[N]`, finite, only read.
  float[] gradient();

  /// This point with another gradient, for rules that change it before others see it.
  ///
  /// @param gradient `float[N]`, not copied
  default Point withGradient(float[] gradient) {
    return new Known(step(), loss(), parameters(), gradient);
  }

  /// A point of which no more is known than the gradient: θ counts as 0.
  ///
  /// @param step the number of updates made so far, ≥ 0
  /// @param gradient `float[N]`, not copied
  static Point of(long step, float[] gradient) {
    return new Known(step, Double.NaN, new float[gradient.length], gradient);
  }

  /// A point given by its values, whose arrays are not copied.
  ///
  /// @param step the number of updates made so far, ≥ 0
  /// @param loss f(θ); NaN where it is not known
  /// @param parameters θ, `float[N]`
  /// @param gradient ∇f(θ), `float[N]`
  @SuppressWarnings("ArrayRecordComponent") // live, as the interface says
  record Known(long step, double loss, float[] parameters, float[] gradient) implements Point {}
}
