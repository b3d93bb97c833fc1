package dev.glissade.torch.problem;

import dev.glissade.problem.Labelled;
import org.bytedeco.pytorch.Tensor;

/// The activation that follows a layer.
enum Activation implements Labelled {
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
}
