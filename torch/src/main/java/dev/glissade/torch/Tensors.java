package dev.glissade.torch;

import dev.glissade.torch.internal.Natives;
import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
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

  /// A tensor of independent numbers, uniform on `[low, high)`.
  public static Tensor uniform(RandomGenerator random, double low, double high, long... shape) {
    return filled(() -> random.nextDouble(low, high), shape);
  }

  /// A tensor of independent numbers, normal with the given standard deviation and mean 0.
  public static Tensor normal(RandomGenerator random, double standardDeviation, long... shape) {
    return filled(() -> standardDeviation * random.nextGaussian(), shape);
  }

  private static Tensor filled(DoubleSupplier element, long... shape) {
    float[] values =
        new float[Math.toIntExact(LongStream.of(shape).reduce(1, Math::multiplyExact))];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) element.getAsDouble();
    }
    return of(values, shape);
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
