package dev.glissade.evaluation;

import dev.glissade.Seeds;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// Summaries of a sample of numbers: means, medians, confidence intervals.
public final class Statistics {

  /// The 97.5 % quantiles of Student's t distribution for 1 to 30 degrees of freedom; then the
  /// normal distribution's with Cornish and Fisher's first correction is right to three digits.
  private static final double[] STUDENT_975 = {
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228,
    2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086,
    2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042
  };

  private static final double NORMAL_975 = 1.959964;

  private static final int RESAMPLES = 10_000;
  private static final long BOOTSTRAP_SEED = 1;

  /// An interval of real numbers, such as a confidence interval.
  public record Interval(double low, double high) {}

  private Statistics() {}

  /// The arithmetic mean of a sample.
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

  /// The standard error of the mean of at least two values.
  public static double standardError(double[] sample) {
    double mean = mean(sample);
    double squares = 0;
    for (double value : sample) {
      squares += (value - mean) * (value - mean);
    }
    return Math.sqrt(squares / (sample.length - 1) / sample.length);
  }

  /// The 95 % confidence interval of the mean, by Student's t; a single value has none (NaN). For
  /// values that may have either sign, such as differences.
  public static Interval student95(double[] sample) {
    double mean = mean(sample);
    double half = student975(sample.length - 1) * standardError(sample);
    return new Interval(mean - half, mean + half);
  }

  /// The 95 % confidence interval of the mean by the bootstrap, for losses: between means of the
  /// sample's own values, so that it does not go below 0 where none of them does. A single value
  /// has none (NaN), nor has a sample whose mean is not finite.
  ///
  /// It is the expanded percentile interval of 10,000 resamples, the same ones for each sample of a
  /// size: the quantiles of their means lie farther out than 2.5 % and 97.5 %, by as much as
  /// Student's interval is wider than a normal one with the divisor n; without that, intervals of
  /// few values are too narrow.
  ///
  /// Reference: T. Hesterberg, *What teachers should know about the bootstrap*, The American
  /// Statistician 69(4), 2015.
  public static Interval bootstrap95(double[] sample) {
    return bootstrap95(sample, RESAMPLES);
  }

  /// The same interval of fewer resamples, which is coarser and quicker.
  ///
  /// @param resamples how many, ≥ 2
  public static Interval bootstrap95(double[] sample, int resamples) {
    int size = sample.length;
    if (size < 2 || !Double.isFinite(mean(sample))) {
      return new Interval(Double.NaN, Double.NaN);
    }
    RandomGenerator random = Seeds.stream(BOOTSTRAP_SEED, "bootstrap", size);
    double[] means = new double[resamples];
    for (int r = 0; r < resamples; r++) {
      double sum = 0;
      for (int i = 0; i < size; i++) {
        sum += sample[random.nextInt(size)];
      }
      means[r] = sum / size;
    }
    Arrays.sort(means);
    double tail = normal(-student975(size - 1) * Math.sqrt(size / (size - 1.0)));
    return new Interval(quantile(means, tail), quantile(means, 1 - tail));
  }

  /// The quantile of a sorted sample, linear between its values.
  private static double quantile(double[] sorted, double part) {
    double place = Math.clamp(part, 0, 1) * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }

  /// The distribution function of the normal distribution, to 15 decimal places.
  ///
  /// Reference: G. Marsaglia, *Evaluating the normal distribution*, Journal of Statistical Software
  /// 11(4), 2004.
  private static double normal(double x) {
    double sum = 0;
    double term = x;
    for (int i = 3; sum + term != sum; i += 2) {
      sum += term;
      term *= x * x / i;
    }
    return 0.5 + sum * Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
  }

  private static double student975(int freedom) {
    if (freedom < 1) {
      return Double.NaN;
    }
    return freedom <= STUDENT_975.length
        ? STUDENT_975[freedom - 1]
        : NORMAL_975 + (Math.pow(NORMAL_975, 3) + NORMAL_975) / (4.0 * freedom);
  }

  /// The 95 % confidence interval of the mean of the differences a − b of paired samples, by
  /// Student's t.
  public static Interval pairedDifference95(double[] a, double[] b) {
    double[] differences = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      differences[i] = a[i] - b[i];
    }
    return student95(differences);
  }
}
