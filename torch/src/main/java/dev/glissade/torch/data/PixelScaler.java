package dev.glissade.torch.data;

import dev.glissade.torch.internal.Natives;
import dev.glissade.torch.internal.Scopes;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/// Turns bytes into numbers as a [PixelFormat] says, in as few calls as it takes.
sealed interface PixelScaler {

  /// Turns bytes into numbers, in a new tensor.
  Tensor apply(Tensor bytes);

  static PixelScaler of(PixelFormat format, torch.ScalarType type) {
    Natives.require();
    if (format.isPlain()) {
      return new Plain(type, Scopes.keep(() -> new Scalar(1 / 255.0)));
    }
    double[] shift = format.mean().stream().mapToDouble(mean -> 255 * mean).toArray();
    double[] factor = format.deviation().stream().mapToDouble(d -> 1 / (255 * d)).toArray();
    long[] shape = format.flat() ? new long[] {1} : new long[] {shift.length, 1, 1};
    return new Affine(type, perChannel(shift, shape, type), perChannel(factor, shape, type));
  }

  private static Tensor perChannel(double[] values, long[] shape, torch.ScalarType type) {
    TensorOptions doubles = new TensorOptions(torch.ScalarType.Double);
    return Scopes.keep(
        () -> torch.from_blob(new DoublePointer(values), shape, doubles).clone().to(type));
  }

  /// The scaler that divides by 255.
  record Plain(torch.ScalarType type, Scalar factor) implements PixelScaler {
    @Override
    public Tensor apply(Tensor bytes) {
      return bytes.to(type).mul_(factor);
    }
  }

  /// The scaler that shifts and scales each channel; `shift` and `factor` are `[channels][1][1]`,
  /// or `[1]` for rows.
  record Affine(torch.ScalarType type, Tensor shift, Tensor factor) implements PixelScaler {
    @Override
    public Tensor apply(Tensor bytes) {
      return bytes.to(type).sub_(shift).mul_(factor);
    }
  }
}
