package dev.glissade.torch.features;

import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// The pooling by which a network makes its activations smaller.
public enum Pooling {
  /// The mean, which Gatys et al. 2015 prefer for pictures: its gradient reaches every pixel.
  AVERAGE,

  /// The maximum, with which the networks were trained.
  MAX;

  private static final long[] NO_PADDING = {0, 0};
  private static final long[] NO_DILATION = {1, 1};

  /// Pools windows of `extent` × `extent`, two pixels apart.
  ///
  /// @param partial whether windows that stick out at the end count too
  Tensor apply(Tensor x, int extent, boolean partial) {
    long[] window = {extent, extent};
    long[] stride = {2, 2};
    return switch (this) {
      case AVERAGE ->
          torch.avg_pool2d(x, window, stride, NO_PADDING, partial, true, new LongOptional());
      case MAX -> torch.max_pool2d(x, window, stride, NO_PADDING, NO_DILATION, partial);
    };
  }
}
