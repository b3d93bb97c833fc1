package dev.glissade.check;

import dev.glissade.internal.Vectors;
import java.util.Arrays;

/// What an evaluation gave.
///
/// @param loss f(θ)
/// @param gradient ∇f(θ), `float[N]`, owned by whoever asked for it
@SuppressWarnings("ArrayRecordComponent")
record Values(double loss, float[] gradient) {

  boolean isFinite() {
    return Double.isFinite(loss) && Vectors.allFinite(gradient);
  }

  /// How far another result is from this one, relative to the largest number of either kind; 0 only
  /// if all bits are equal, where any NaN is as good as another.
  double distance(Values other) {
    if (Double.compare(loss, other.loss) == 0 && Arrays.equals(gradient, other.gradient)) {
      return 0;
    }
    double scale = Double.MIN_NORMAL;
    double largest = 0;
    for (int i = 0; i < gradient.length; i++) {
      scale = Math.max(scale, Math.max(Math.abs(gradient[i]), Math.abs(other.gradient[i])));
      largest = Math.max(largest, Math.abs((double) gradient[i] - other.gradient[i]));
    }
    double losses =
        Math.abs(loss - other.loss)
            / Math.max(Double.MIN_NORMAL, Math.max(Math.abs(loss), Math.abs(other.loss)));
    double distance = Math.max(losses, largest / scale);
    return distance > 0 ? distance : Double.NaN; // where one is NaN and the other is not
  }
}
