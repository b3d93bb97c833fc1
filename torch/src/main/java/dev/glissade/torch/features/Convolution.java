package dev.glissade.torch.features;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/// A convolution with fixed weights.
///
/// @param weight `[out][in][kernel][kernel]`
/// @param bias `[out]`
/// @param stride pixels from one place to the next
/// @param padding what lies around the image
record Convolution(Tensor weight, Tensor bias, int stride, Padding padding) {

  /// The padding that lies around an image.
  enum Padding {
    NONE,
    ZEROS,
    REFLECTION
  }

  /// Convolves, in the precision of `x`.
  ///
  /// @param x `[batch][in][height][width]`
  /// @return `[batch][out][height'][width']`
  Tensor apply(Tensor x) {
    return switch (padding) {
      case NONE -> convolve(x, 0);
      case ZEROS -> convolve(x, 1);
      case REFLECTION -> convolve(torch.reflection_pad2d(x, 1, 1, 1, 1), 0);
    };
  }

  private Tensor convolve(Tensor x, long zeros) {
    torch.ScalarType type = x.scalar_type();
    return torch.conv2d(
        x,
        weight.to(type),
        new TensorOptional(bias.to(type)),
        new long[] {stride, stride},
        new long[] {zeros, zeros},
        new long[] {1, 1},
        1);
  }
}
