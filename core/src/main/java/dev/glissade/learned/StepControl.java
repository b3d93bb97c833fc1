package dev.glissade.learned;

import dev.glissade.ParameterLayout;
import dev.glissade.ParameterLayout.Block;
import java.util.Arrays;
import java.util.List;

/// The learned numbers that decide how long the steps of a [QuasiNewton] rule are. All of them are
/// logarithms.
///
/// @param first of the first step, η₁ = min(1, 1/|g|)·exp(w₀ + w₁·log |g|), `float[2]`; |g| is
///   ‖g‖₁, or the mean size of a coordinate's gradient where only the newest pair binds
/// @param scale of the initial inverse Hessian as it changes over the steps, as [RateSchedule] has
///   it
/// @param rate of the step as it changes over the steps, likewise
/// @param response to a loss that rose, to one that did not, the most by which a step may be longer
///   than the last, and the least by which pairs disagree, `float[4]`
@SuppressWarnings("ArrayRecordComponent") // copies, never changed
record StepControl(float[] first, float[] scale, float[] rate, float[] response) {

  private static final int RESPONSES = 4;

  /// The number of weights of a schedule.
  private static final int SCHEDULE = new RateSchedule(Corrected.USUAL_HALF_DECADES).size();

  private static final int SCALE = 2; // the offset of its schedule
  private static final int RATE = SCALE + SCHEDULE;
  private static final int LATE = 3; // the piece of a schedule from 10^1.5 to 100 steps

  private static final List<Block> BLOCKS =
      List.of(
          ParameterLayout.block("quasi-newton/first", 2),
          ParameterLayout.block("quasi-newton/log-scale", SCHEDULE),
          ParameterLayout.block("quasi-newton/log-rate", SCHEDULE),
          ParameterLayout.block("quasi-newton/response", RESPONSES));

  /// Logarithms beyond count as this: factors stay far from the ends of double's range.
  private static final double LARGEST = 50;

  /// The names and shapes of the weights.
  static ParameterLayout layout() {
    return new ParameterLayout(BLOCKS);
  }

  /// Weights to start from: a rise halves the steps, what is no rise doubles them up to their whole
  /// length, none is more than three times as long as the last, and pairs may differ by a tenth.
  ///
  /// Where only the newest pair binds, coordinates move by 0.007 at first, the initial inverse
  /// Hessian is three times that of L-BFGS and six times after a hundred steps, of whole steps four
  /// fifths are taken and half of them then, and none is more than five times as long as the last:
  /// what was found by hand on pictures.
  static float[] initialWeights(Secants secants) {
    float[] weights = new float[layout().size()];
    int response = weights.length - RESPONSES;
    weights[response] = (float) Math.log(Math.log(2));
    weights[response + 1] = (float) Math.log(Math.log(2));
    weights[response + 2] = (float) Math.log(Math.log(3));
    weights[response + 3] = (float) Math.log(0.1);
    if (secants == Secants.NEWEST) {
      weights[0] = (float) Math.log(0.007);
      setSchedule(weights, SCALE, 3, 2);
      setSchedule(weights, RATE, 0.8, 0.65);
      weights[response + 2] = (float) Math.log(Math.log(5));
    }
    return weights;
  }

  /// Sets a factor that is constant but for steps 32 to 100, in which it changes by another.
  private static void setSchedule(float[] weights, int offset, double factor, double change) {
    weights[offset] = (float) Math.log(factor);
    weights[offset + 1 + LATE] = (float) Math.log(change);
  }

  /// Reads the weights from where they lie in φ.
  ///
  /// @param offset of the first
  static StepControl of(float[] weights, int offset) {
    int scale = offset + SCALE;
    int rate = offset + RATE;
    int response = rate + SCHEDULE;
    return new StepControl(
        Arrays.copyOfRange(weights, offset, scale),
        Arrays.copyOfRange(weights, scale, rate),
        Arrays.copyOfRange(weights, rate, response),
        Arrays.copyOfRange(weights, response, response + RESPONSES));
  }

  /// The factor from the gradient to a step where nothing is known of curvatures.
  ///
  /// @param size |g| ≥ 0
  double first(double size) {
    double logarithm = Math.log(Math.max(Double.MIN_NORMAL, size));
    return Math.min(1, Math.exp(-logarithm)) * exp(first[0] + first[1] * logarithm);
  }

  /// The factor of the initial inverse Hessian after so many steps.
  double scale(long steps) {
    return exp(RateSchedule.at(scale, steps));
  }

  /// The factor of the step after so many steps.
  double rate(long steps) {
    return exp(RateSchedule.at(rate, steps));
  }

  /// The part of a whole step that is dared next.
  ///
  /// @param part dared last, from 0 to 1
  /// @param rose whether the loss did
  double dare(double part, boolean rose) {
    return Math.clamp(
        part * (rose ? Math.exp(-exp(response[0])) : Math.exp(exp(response[1]))), LEAST_PART, 1);
  }

  /// Below this, a step does not move floats.
  private static final double LEAST_PART = 1e-30;

  /// The most by which a step may be longer than the last, > 1.
  double longer() {
    return exp(exp(response[2]));
  }

  /// The tolerance by which pairs agree.
  double tolerance() {
    return exp(response[3]);
  }

  private static double exp(double logarithm) {
    return Math.exp(Math.clamp(logarithm, -LARGEST, LARGEST));
  }
}
