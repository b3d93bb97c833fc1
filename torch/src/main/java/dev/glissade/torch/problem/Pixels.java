package dev.glissade.torch.problem;

import dev.glissade.problem.Labelled;
import dev.glissade.torch.data.PixelFormat;
import java.util.List;

/// The form in which a convolutional network sees the pixels of CIFAR-10.
enum Pixels implements Labelled {
  /// Numbers from 0 to 1.
  UNIT,

  /// Numbers with mean 0 and standard deviation 1 in each colour, over the 50,000 training images.
  STANDARDISED;

  PixelFormat format() {
    return switch (this) {
      case UNIT -> PixelFormat.planes();
      case STANDARDISED ->
          new PixelFormat(false, List.of(0.4914, 0.4822, 0.4465), List.of(0.2470, 0.2435, 0.2616));
    };
  }
}
