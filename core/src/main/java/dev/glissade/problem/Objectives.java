package dev.glissade.problem;

import dev.glissade.Objective;
import dev.glissade.ParameterLayout;

/// Objectives out of plain functions.
public final class Objectives {

  private Objectives() {}

  /// A function that returns f(θ) and writes ∇f(θ).
  @FunctionalInterface
  public interface LossAndGradient {

    /// Evaluates f and ∇f.
    ///
    /// @param parameters θ, `float[N]`, only read
    /// @param gradient receives ∇f(θ), `float[N]`; every element must be written
    /// @return f(θ)
    double evaluate(float[] parameters, float[] gradient);
  }

  /// The deterministic objective with this starting point and this function, which must be pure.
  ///
  /// ```java
  /// Objective bowl = Objectives.of(new float[] {3}, (x, gradient) -> {
  ///   gradient[0] = 2 * x[0];
  ///   return x[0] * x[0];
  /// });
  /// ```
  ///
  /// @param start θ₀, `float[N]`, copied
  public static Objective of(float[] start, LossAndGradient function) {
    return new Plain(ParameterLayout.of("x", start.length), start.clone(), function);
  }

  private record Plain(ParameterLayout layout, float[] start, LossAndGradient function)
      implements Objective {
    @Override
    public float[] initialParameters() {
      return start.clone();
    }

    @Override
    public double evaluate(float[] parameters, long draw, float[] gradient) {
      return function.evaluate(parameters, gradient);
    }
  }
}
