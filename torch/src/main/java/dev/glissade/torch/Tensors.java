package dev.glissade.torch;

import dev.glissade.torch.internal.Natives;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// Small helpers around libtorch's functions, which are all in `org.bytedeco.pytorch.global.torch`.
public final class Tensors {

  private Tensors() {}

  /// A tensor with these elements, copied.
  ///
  /// @param values in row-major order
  /// @param shape its extents, whose product is the number of values
  public static Tensor of(float[] values, long... shape) {
    Natives.require();
    return torch.tensor(values).reshape(shape);
  }

  /// A tensor of whole numbers, such as labels, with these elements, copied.
  public static Tensor of(long[] values, long... shape) {
    Natives.require();
    return torch.tensor(values).reshape(shape);
  }

  /// A dense layer: x·W + b.
  ///
  /// @param x `[batch][in]`
  /// @param weights W, `[in][out]`
  /// @param bias b, `[out]`
  /// @return `[batch][out]`
  public static Tensor dense(Tensor x, Tensor weights, Tensor bias) {
    return torch.addmm(bias, x, weights);
  }

  /// The mean over the batch of −log softmax(logits) at the label.
  ///
  /// @param logits `[batch][classes]`
  /// @param labels whole numbers below the number of classes, `[batch]`
  public static Tensor crossEntropy(Tensor logits, Tensor labels) {
    return torch.cross_entropy_loss(logits, labels);
  }
}
