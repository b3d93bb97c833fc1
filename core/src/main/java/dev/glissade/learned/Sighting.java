package dev.glissade.learned;

import dev.glissade.Point;
import java.util.List;

/// A point that a rule has seen and remembers: θ, f and ∇f.
final class Sighting {

  private final float[] parameters; // [N]
  private final float[] gradient; // [N]
  private final float[] loss; // in two parts, as one float is not enough

  Sighting(int size) {
    parameters = new float[size];
    gradient = new float[size];
    loss = new float[2];
  }

  /// The arrays that make up what is remembered.
  List<float[]> arrays() {
    return List.of(parameters, gradient, loss);
  }

  /// θ, `float[N]`, only read.
  float[] parameters() {
    return parameters;
  }

  /// ∇f, `float[N]`, only read.
  float[] gradient() {
    return gradient;
  }

  /// f; 0 if it was not known.
  double loss() {
    return (double) loss[0] + loss[1];
  }

  /// Whether a loss is above this one. One that is not known is not.
  boolean isBelow(double other) {
    return other > loss();
  }

  /// Remembers a point in place of what was remembered.
  void take(Point at) {
    System.arraycopy(at.parameters(), 0, parameters, 0, parameters.length);
    System.arraycopy(at.gradient(), 0, gradient, 0, gradient.length);
    double whole = Double.isNaN(at.loss()) ? 0 : at.loss();
    loss[0] = (float) Math.clamp(whole, -Float.MAX_VALUE, Float.MAX_VALUE);
    loss[1] = (float) Math.clamp(whole - loss[0], -Float.MAX_VALUE, Float.MAX_VALUE);
  }

  /// By how much the function falls short of being convex between here and another point: a convex
  /// one lies above its tangents, ∇f·s ≤ f' − f ≤ ∇f'·s with s = θ' − θ. It is relative to the
  /// largest of these terms and of another size, and not positive where the function may be convex;
  /// NaN where a loss is not known.
  ///
  /// @param least the least size that counts, > 0
  double concavity(Point other, double least) {
    double here = 0;
    double there = 0;
    for (int n = 0; n < parameters.length; n++) {
      double step = (double) other.parameters()[n] - parameters[n];
      here += step * gradient[n];
      there += step * other.gradient()[n];
    }
    double change = other.loss() - loss();
    double size = Math.max(least, Math.abs(here) + Math.abs(there) + Math.abs(change));
    return Math.max(here - change, change - there) / size;
  }

  /// ‖∇f‖².
  double squaredGradient() {
    double sum = 0;
    for (float value : gradient) {
      sum += (double) value * value;
    }
    return sum;
  }
}
