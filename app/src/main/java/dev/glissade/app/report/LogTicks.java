package dev.glissade.app.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The labels of a logarithmic axis: as many round numbers as there is room for.
final class LogTicks {

  /// The digits that are tried, from many to few.
  private static final List<List<Integer>> DIGITS =
      List.of(
          List.of(1, 2, 3, 4, 5, 6, 7, 8, 9),
          List.of(1, 2, 3, 5, 7),
          List.of(1, 2, 5),
          List.of(1, 3),
          List.of(1));

  /// The least distance between two labels, in parts of what there is room for on average.
  private static final double CLOSEST = 0.62;

  /// A round number up to this factor above another is near.
  private static final double NEAR = 1.3;

  private LogTicks() {}

  /// The numbers from `low` to `high` that get a label, ascending.
  ///
  /// @param low > 0
  /// @param high > `low`
  /// @param most how many there is room for, ≥ 2
  static List<BigDecimal> of(double low, double high, int most) {
    for (List<Integer> digits : DIGITS) {
      List<BigDecimal> ticks = within(low, high, 1, digits);
      if (fits(ticks, low, high, most)) {
        return ticks.size() < 3 ? even(low, high, most).orElse(ticks) : ticks;
      }
    }
    int every = 2;
    while (within(low, high, every, List.of(1)).size() > most) {
      every++;
    }
    return within(low, high, every, List.of(1));
  }

  /// Whether labels have room, also where they lie closest: just below a power of ten.
  private static boolean fits(List<BigDecimal> ticks, double low, double high, int most) {
    double least = CLOSEST * Math.log(high / low) / most;
    for (int i = 1; i < ticks.size(); i++) {
      if (Math.log(ticks.get(i).doubleValue() / ticks.get(i - 1).doubleValue()) < least) {
        return false;
      }
    }
    return ticks.size() <= most;
  }

  /// Multiples of powers of ten whose exponents are multiples of `every`.
  private static List<BigDecimal> within(double low, double high, int every, List<Integer> digits) {
    List<BigDecimal> found = new ArrayList<>();
    int last = (int) Math.ceil(Math.log10(high));
    for (int e = (int) Math.floor(Math.log10(low)); e <= last; e++) {
      for (int digit : digits) {
        BigDecimal tick = BigDecimal.valueOf(digit).scaleByPowerOfTen(e);
        if (e % every == 0 && tick.doubleValue() >= low && tick.doubleValue() <= high) {
          found.add(tick);
        }
      }
    }
    return found;
  }

  /// Numbers at equal distances, for a range of less than a power of ten.
  private static Optional<List<BigDecimal>> even(double low, double high, int most) {
    if (high / low > 10) {
      return Optional.empty();
    }
    double raw = (high - low) / most;
    BigDecimal unit = BigDecimal.ONE.scaleByPowerOfTen((int) Math.floor(Math.log10(raw)));
    BigDecimal step =
        List.of(1, 2, 5, 10).stream()
            .map(digit -> unit.multiply(BigDecimal.valueOf(digit)))
            .filter(it -> it.doubleValue() >= raw)
            .findFirst()
            .orElseThrow();
    List<BigDecimal> found = new ArrayList<>();
    BigDecimal tick = new BigDecimal(low).divide(step, 0, RoundingMode.CEILING).multiply(step);
    for (; tick.doubleValue() <= high; tick = tick.add(step)) {
      found.add(tick.round(new MathContext(6)));
    }
    return Optional.of(found);
  }

  /// The next number above that may get a label, if it is near; otherwise the number itself.
  static double roundAbove(double number) {
    double decade = Math.pow(10, Math.floor(Math.log10(number)));
    return List.of(1, 2, 5, 10).stream()
        .mapToDouble(digit -> digit * decade)
        .filter(round -> round >= number && round <= NEAR * number)
        .findFirst()
        .orElse(number);
  }

  /// The label of a number: plain where that is short, with an exponent where it is not.
  static String label(BigDecimal number) {
    BigDecimal bare = number.stripTrailingZeros();
    int exponent = bare.precision() - bare.scale() - 1;
    return exponent >= -3 && exponent < 5
        ? bare.toPlainString()
        : bare.movePointLeft(exponent).toPlainString() + "e" + exponent;
  }
}
