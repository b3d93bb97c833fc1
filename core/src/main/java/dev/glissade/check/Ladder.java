package dev.glissade.check;

import java.util.HashMap;
import java.util.Map;

/// Compares the change of a value along a short line with the integral of its slope, which must be
/// the same, and chooses how short.
///
/// **Why an integral.** A member gives a slope wherever it gives a value. Over [−t, t], with the
/// slope at five places, Simpson's rule errs by t⁵/180 of the fourth derivative of the slope, where
/// a difference quotient errs by t² of the second. So t can be large, and that is what rounding
/// asks for: a loss that is computed in `float` is uncertain by η ≈ 10⁻⁷ of itself, and a change
/// over t by η/t of its size. And the integral of a slope that jumps is still the change of the
/// value, so that many small kinks, as of a network with ReLU, do no harm.
///
/// **Which t.** Two things blur a comparison:
///
/// - *noise*: the rounding of values and slopes, measured nearby ([Noise]). It is the smaller the
///   longer the line.
/// - *truncation*: Simpson's rule on five places against three, and the residuals of the left half
///   of the line against that of the right. The shorter the line, the smaller.
///
/// t is 2ᵉ. The ladder starts where noise should be small enough, and goes up by three where noise
/// is the greater of the two and down where truncation is, until both together are below
/// [#PRECISION] of the change. If that is nowhere, the best rung counts, as far as it reaches.
///
/// **No false alarms.** A difference that is clear of what blurs it must still be there on shorter
/// lines, down to where noise begins, and as steep there. Where it is not, or where truncation does
/// not go away at any length, there is a kink: derivatives from the left and from the right differ.
final class Ladder {

  /// What noise and truncation may be, relative to the change, at a rung that is good enough.
  private static final double PRECISION = 1e-3;

  /// A relative difference that is an error. Below lies what a gradient in `float` may be off.
  private static final double TOLERANCE = 3e-3;

  /// A difference that is an error is so many times what blurs it: rounding errors that change
  /// little from place to place are not measured.
  private static final double CLEAR = 3;

  /// A rung that is worse than this decides nothing.
  private static final double BLURRED = 0.1;

  /// The length of a line that confirms, as a part of another.
  private static final double OTHER_LENGTH = 0.75;

  /// How far a wrong slope may seem to be another on a line of another length.
  private static final double STEADY = 0.1;

  /// The finest step, 2ᵉ units: points lie on a grid of an eighth of that ([Place]).
  static final int FINEST = -14;

  private static final int COARSEST = 18;
  private static final int STRIDE = 3;
  private static final int USUAL = -3; // the first rung
  private static final int HIGHEST_FIRST = 3;
  private static final int RETRIES = 3;
  private static final int MOST_RUNGS = 9;

  /// A standard deviation of rounding may be exceeded so many times.
  private static final double DEVIATIONS = 6;

  /// A value and its slope at one place of a line; for several values at once.
  ///
  /// @param values `double[K]`, owned
  /// @param slopes `double[K]`, owned
  @SuppressWarnings("ArrayRecordComponent")
  record Sample(double[] values, double[] slopes) {}

  /// A line through a point, on which t = 0 is the point.
  @FunctionalInterface
  interface Line {
    /// Evaluates at t, a multiple of 2⁻¹⁷.
    Sample at(double t);
  }

  /// What is known of one of a line's values.
  ///
  /// @param value standard deviation of its rounding
  /// @param slope standard deviation of the slope's rounding
  /// @param least a slope that is small for it: differences count relative to no less than that
  record Scale(double value, double slope, double least) {}

  /// What a comparison says.
  enum Result {
    AGREES,
    WRONG,
    KINK,
    UNDECIDED
  }

  /// The outcome of a comparison.
  ///
  /// @param result what it says
  /// @param error the relative difference; if it is wrong, beyond what noise and truncation explain
  /// @param precise whether both are small
  /// @param slope the mean slope on its line
  /// @param quotient the change of the value on its line, divided by its length
  record Outcome(Result result, double error, boolean precise, double slope, double quotient) {

    /// The outcome where kinks explain what looks wrong.
    Outcome kinked() {
      return result == Result.WRONG
          ? new Outcome(Result.KINK, error, precise, slope, quotient)
          : this;
    }
  }

  /// A comparison on one line.
  private record Rung(
      int exponent,
      double length,
      double change,
      double integral,
      double truncation,
      double noise,
      double scale) {

    boolean isFinite() {
      return Double.isFinite(change) && Double.isFinite(integral) && Double.isFinite(truncation);
    }

    boolean isNoisy() {
      return isFinite() && noise >= truncation;
    }

    double difference() {
      return Math.abs(change - integral);
    }

    /// The difference of slopes that the difference of changes stands for.
    double steepness() {
      return difference() / length();
    }

    /// Whether it is the same difference of slopes, as it must be if the slope is wrong: kinks are
    /// not as many in each part of a line.
    boolean isAsSteepAs(Rung other) {
      double blur =
          (truncation + noise) / length() + (other.truncation + other.noise) / other.length();
      return Math.abs(steepness() - other.steepness()) <= STEADY * other.steepness() + blur;
    }

    double precision() {
      return isFinite() ? (truncation + noise) / scale : Double.POSITIVE_INFINITY;
    }

    /// Whether a difference is too large, and clear of what blurs it.
    boolean isFault() {
      return isFinite() && error() > TOLERANCE && difference() > CLEAR * (truncation + noise);
    }

    double error() {
      return Math.max(0, difference() - truncation - noise) / scale;
    }

    Outcome as(Result result) {
      double shown = result == Result.AGREES ? difference() / scale : error();
      return new Outcome(
          result, shown, precision() <= PRECISION, integral / length(), change / length());
    }
  }

  private final Line line;
  private final Map<Double, Sample> known = new HashMap<>();

  /// A ladder on a line.
  ///
  /// @param here what the line gives at 0
  Ladder(Line line, Sample here) {
    this.line = line;
    known.put(0.0, here);
  }

  /// Compares one of the line's values with its slope.
  ///
  /// @param k which
  Outcome compare(int k, Scale scale) {
    int high = COARSEST + 1; // too long
    Rung best = best(k, scale, high);
    for (int n = 0; n < RETRIES && best.isFault(); n++) {
      if (persists(k, scale, best)) {
        return best.as(Result.WRONG);
      }
      high = best.exponent; // a period that five places do not see, or a kink
      best = best(k, scale, high);
    }
    return best.as(best.isFault() ? Result.KINK : agreement(best));
  }

  private static Result agreement(Rung best) {
    if (best.precision() <= BLURRED && best.error() <= TOLERANCE) {
      return Result.AGREES;
    }
    return best.isNoisy() ? Result.UNDECIDED : Result.KINK;
  }

  /// Climbs to the rung that is the most precise, or precise enough.
  ///
  /// @param above an exponent that is too large
  private Rung best(int k, Scale scale, int above) {
    int low = FINEST - 1; // too short, as far as is known
    int high = above;
    int exponent = Math.max(FINEST, Math.min(first(k, scale), high - STRIDE));
    Rung best = rung(k, scale, exponent);
    Rung last = best;
    for (int n = 1; n < MOST_RUNGS && best.precision() > PRECISION; n++) {
      if (last.isNoisy()) {
        low = exponent;
        exponent = Math.min(exponent + STRIDE, Math.floorDiv(exponent + high, 2));
      } else {
        high = exponent;
        exponent = Math.max(exponent - STRIDE, Math.floorDiv(low + exponent + 1, 2));
      }
      if (exponent <= low || exponent >= high) {
        break;
      }
      last = rung(k, scale, exponent);
      if (last.precision() < best.precision()) {
        best = last;
      }
    }
    return best;
  }

  /// The rung at which noise is small enough if the slope stays as it is, or the usual one.
  private int first(int k, Scale scale) {
    double slope = Math.max(Math.abs(line0(k)), scale.least);
    double t = DEVIATIONS * scale.value / (PRECISION * slope); // twice what is needed
    return Double.isFinite(t) ? Math.clamp(Math.getExponent(t), USUAL, HIGHEST_FIRST) : USUAL;
  }

  private double line0(int k) {
    return known.computeIfAbsent(0.0, line::at).slopes[k];
  }

  /// Whether a difference is still there, and as steep, on all shorter lines down to where noise
  /// begins, one at least.
  private boolean persists(int k, Scale scale, Rung found) {
    Rung last = found;
    for (int e = found.exponent - STRIDE; e >= FINEST; e -= STRIDE) {
      Rung shorter = rung(k, scale, e);
      if (shorter.noise > found.steepness() * shorter.length() / 4) {
        break;
      }
      if (!shorter.isFault() || !shorter.isAsSteepAs(last)) {
        return false;
      }
      last = shorter;
    }
    Rung other = rung(k, scale, last.exponent, OTHER_LENGTH); // shares no place but the middle
    return other.isFault() && other.isAsSteepAs(last);
  }

  private Rung rung(int k, Scale scale, int exponent) {
    return rung(k, scale, exponent, 1);
  }

  /// Evaluates on [−t, t].
  ///
  /// @param factor of t = factor · 2ᵉ
  private Rung rung(int k, Scale scale, int exponent, double factor) {
    double t = Math.scalb(factor, exponent);
    Sample[] at = new Sample[5];
    for (int i = 0; i < at.length; i++) {
      at[i] = known.computeIfAbsent((i - 2) * t / 2, line::at);
    }
    double coarse = t / 3 * (at[0].slopes[k] + 4 * at[2].slopes[k] + at[4].slopes[k]);
    double left = t / 6 * (at[0].slopes[k] + 4 * at[1].slopes[k] + at[2].slopes[k]);
    double right = t / 6 * (at[2].slopes[k] + 4 * at[3].slopes[k] + at[4].slopes[k]);
    double residualLeft = at[2].values[k] - at[0].values[k] - left;
    double residualRight = at[4].values[k] - at[2].values[k] - right;
    double change = at[4].values[k] - at[0].values[k];
    double integral = left + right;
    double size = Math.max(Math.abs(change), Math.abs(integral));
    return new Rung(
        exponent,
        2 * t,
        change,
        integral,
        Math.abs(integral - coarse) + Math.abs(residualRight - residualLeft),
        DEVIATIONS * (scale.value + t * scale.slope),
        Math.max(Double.MIN_NORMAL, Math.max(size, 2 * t * scale.least)));
  }
}
