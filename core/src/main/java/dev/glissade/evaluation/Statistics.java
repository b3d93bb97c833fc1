package dev.glissade.evaluation;

import java.util.Arrays;

/// Summaries of a sample.
public final class Statistics {

  /// The 97.5 % quantiles of Student's t distribution for 1 to 30 degrees of freedom; then the
  /// normal distribution's with Cornish and Fisher's first correction is right to three digits.
  private static final double[] STUDENT_975 = {
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228,
    2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086,
    2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042
  };

  private static final double NORMAL_975 = 1.959964;

  /// An interval.
  public record Interval(double low, double high) {}

  private Statistics() {}

  /// The arithmetic mean.
  public static double mean(double[] sample) {
    double sum = 0;
    for (double value : sample) {
      sum += value;
    }
    return sum / sample.length;
  }

  /// The square root of the mean of the squares.
  public static double rootMeanSquare(double[] sample) {
    double sum = 0;
    for (double value : sample) {
      sum += value * value;
    }
    return Math.sqrt(sum / sample.length);
  }

  /// The middle value, or the mean of the two middle ones; NaN and +∞ count as largest.
  public static double median(double[] sample) {
    double[] sorted = sample.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /// The 95 % confidence interval of the mean, by Student's t; a single value has none (NaN).
  public static Interval confidence95(double[] sample) {
    double mean = mean(sample);
    double squares = 0;
    for (double value : sample) {
      squares += (value - mean) * (value - mean);
    }
    int freedom = sample.length - 1;
    double half = student975(freedom) * Math.sqrt(squares / freedom / sample.length);
    return new Interval(mean - half, mean + half);
  }

  private static double student975(int freedom) {
    if (freedom < 1) {
      return Double.NaN;
    }
    return freedom <= STUDENT_975.length
        ? STUDENT_975[freedom - 1]
        : NORMAL_975 + (Math.pow(NORMAL_975, 3) + NORMAL_975) / (4.0 * freedom);
  }

  /// The 95 % confidence interval of the mean of the differences a − b of paired samples.
  public static Interval pairedDifference95(double[] a, double[] b) {
    double[] differences = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      differences[i] = a[i] - b[i];
    }
    return confidence95(differences);
  }
}
