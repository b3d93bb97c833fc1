package dev.glissade.torch.problem;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.bytedeco.pytorch.Tensor;

/// What follows a layer.
enum Activation {
  SIGMOID,
  RELU,
  TANH;

  Tensor apply(Tensor x) {
    return switch (this) {
      case SIGMOID -> x.sigmoid();
      case RELU -> x.relu();
      case TANH -> x.tanh();
    };
  }

  /// Their names in lower case.
  static List<String> names() {
    return Arrays.stream(values()).map(a -> a.name().toLowerCase(Locale.ROOT)).toList();
  }

  static Activation named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
