package dev.glissade.torch;

import dev.glissade.ParameterLayout;

/// A named parameter of a network: its shape, and how it starts.
///
/// @param block its name and shape
/// @param start how its elements are drawn at the start
public record Parameter(ParameterLayout.Block block, Distribution start) {

  /// A parameter that starts normal with mean 0.
  public static Parameter normal(String name, double standardDeviation, int... shape) {
    return new Parameter(
        ParameterLayout.block(name, shape), new Distribution.Normal(standardDeviation));
  }

  /// A parameter that starts uniform on `[low, high)`.
  public static Parameter uniform(String name, double low, double high, int... shape) {
    return new Parameter(ParameterLayout.block(name, shape), new Distribution.Uniform(low, high));
  }

  /// A parameter all of whose elements start at `value`.
  public static Parameter constant(String name, double value, int... shape) {
    return new Parameter(ParameterLayout.block(name, shape), new Distribution.Constant(value));
  }
}
