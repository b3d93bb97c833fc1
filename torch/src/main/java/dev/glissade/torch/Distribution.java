package dev.glissade.torch;

import java.util.random.RandomGenerator;

/// A distribution from which the elements of a parameter are drawn at the start, independently of
/// each other.
public sealed interface Distribution {

  /// Draws one element.
  float sample(RandomGenerator random);

  /// A normal distribution with mean 0.
  ///
  /// @param standardDeviation ≥ 0
  record Normal(double standardDeviation) implements Distribution {
    public Normal {
      if (!(standardDeviation >= 0) || Double.isInfinite(standardDeviation)) {
        throw new IllegalArgumentException(
            "standardDeviation must be >= 0, got " + standardDeviation);
      }
    }

    @Override
    public float sample(RandomGenerator random) {
      return (float) (standardDeviation * random.nextGaussian());
    }
  }

  /// A uniform distribution on `[low, high)`.
  ///
  /// @param low less than `high`
  /// @param high finite
  record Uniform(double low, double high) implements Distribution {
    public Uniform {
      if (!(low < high)) {
        throw new IllegalArgumentException(
            "low must be less than high, got %s and %s".formatted(low, high));
      }
    }

    @Override
    public float sample(RandomGenerator random) {
      return (float) random.nextDouble(low, high);
    }
  }

  /// A distribution that always gives the same number.
  ///
  /// @param value any number
  record Constant(double value) implements Distribution {
    @Override
    public float sample(RandomGenerator random) {
      return (float) value;
    }
  }
}
