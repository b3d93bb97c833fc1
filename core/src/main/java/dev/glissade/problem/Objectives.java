package dev.glissade.problem;

import dev.glissade.Objective;
import dev.glissade.ParameterLayout;
import dev.glissade.TwiceDifferentiable;

/// Objectives out of functions: an objective is a starting point and what is evaluated from there.
public final class Objectives {

  private Objectives() {}

  /// A function that returns f(θ) and writes ∇f(θ).
  @FunctionalInterface
  public interface LossAndGradient {

    /// Evaluates f and ∇f at a point.
    ///
    /// @param parameters θ, `float[N]`, only read
    /// @param gradient receives ∇f(θ), `float[N]`; every element must be written
    /// @return f(θ)
    double evaluate(float[] parameters, float[] gradient);
  }

  /// A function that returns f(θ) on a minibatch and writes ∇f(θ): [Objective#evaluate].
  @FunctionalInterface
  public interface LossOnDraw {

    /// Evaluates f and ∇f as [Objective#evaluate] does.
    double evaluate(float[] parameters, long draw, float[] gradient);
  }

  /// A function that writes H·v on a minibatch: [TwiceDifferentiable#hessianTimes].
  @FunctionalInterface
  public interface HessianOnDraw {

    /// Computes H·v as [TwiceDifferentiable#hessianTimes] does.
    void hessianTimes(float[] parameters, long draw, float[] vector, float[] product);
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
    return of(
        ParameterLayout.of("x", start.length),
        start,
        (parameters, _, gradient) -> function.evaluate(parameters, gradient));
  }

  /// The objective with this layout, starting point and function, which must be pure.
  ///
  /// @param start θ₀, `float[N]`, copied
  public static Objective of(ParameterLayout layout, float[] start, LossOnDraw loss) {
    return new Once(layout, checked(layout, start), loss);
  }

  /// The objective with this layout, starting point, function and second derivatives; both
  /// functions must be pure.
  ///
  /// @param start θ₀, `float[N]`, copied
  public static TwiceDifferentiable of(
      ParameterLayout layout, float[] start, LossOnDraw loss, HessianOnDraw hessian) {
    return new Twice(layout, checked(layout, start), loss, hessian);
  }

  private static float[] checked(ParameterLayout layout, float[] start) {
    if (start.length != layout.size()) {
      throw new IllegalArgumentException(
          "start must have the layout's %s elements, got %s"
              .formatted(layout.size(), start.length));
    }
    return start.clone();
  }

  @SuppressWarnings("ArrayRecordComponent") // copied on the way in and out
  private record Once(ParameterLayout layout, float[] start, LossOnDraw loss) implements Objective {

    @Override
    public float[] initialParameters() {
      return start.clone();
    }

    @Override
    public double evaluate(float[] parameters, long draw, float[] gradient) {
      return loss.evaluate(parameters, draw, gradient);
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // copied on the way in and out
  private record Twice(
      ParameterLayout layout, float[] start, LossOnDraw loss, HessianOnDraw hessian)
      implements TwiceDifferentiable {

    @Override
    public float[] initialParameters() {
      return start.clone();
    }

    @Override
    public double evaluate(float[] parameters, long draw, float[] gradient) {
      return loss.evaluate(parameters, draw, gradient);
    }

    @Override
    public void hessianTimes(float[] parameters, long draw, float[] vector, float[] product) {
      hessian.hessianTimes(parameters, draw, vector, product);
    }
  }
}
