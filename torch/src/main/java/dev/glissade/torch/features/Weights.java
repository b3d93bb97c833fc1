package dev.glissade.torch.features;

import dev.glissade.file.MalformedFileException;
import dev.glissade.file.Safetensors;
import dev.glissade.torch.Tensors;
import dev.glissade.torch.internal.Scopes;
import dev.glissade.torch.internal.ShippedFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/// The weights of a network in a safetensors file, checked as they are taken out.
final class Weights {

  private static final String REMEDY = ": check it with ./glissade data verify";

  private final Path file;
  private final Safetensors tensors;

  private Weights(Path file, Safetensors tensors) {
    this.file = file;
    this.tensors = tensors;
  }

  static Weights read(Path file) throws IOException {
    return new Weights(file, Safetensors.read(file));
  }

  static Weights of(ShippedFile file) throws IOException {
    return new Weights(file.path(), Safetensors.parse(file.path(), file.bytes()));
  }

  /// The convolution `NAME.weight`, `[out][in][kernel][kernel]`, and `NAME.bias`, `[out]`.
  ///
  /// @param padding zeros or reflected pixels around the image
  Convolution convolution(
      String name, int in, int out, int kernel, int stride, Convolution.Padding padding)
      throws IOException {
    Tensor weight = tensor(name + ".weight", List.of(out, in, kernel, kernel));
    return new Convolution(weight, tensor(name + ".bias", List.of(out)), stride, padding);
  }

  private Tensor tensor(String name, List<Integer> shape) throws IOException {
    float[] values = values(name, shape);
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new MalformedFileException(file, "%s holds %s%s".formatted(name, value, REMEDY));
      }
    }
    long[] extents = shape.stream().mapToLong(Integer::longValue).toArray();
    return Scopes.keep(() -> Tensors.of(values, extents));
  }

  private float[] values(String name, List<Integer> shape) throws IOException {
    Safetensors.Tensor tensor = tensors.tensors().get(name);
    if (tensor == null) {
      throw new MalformedFileException(file, "tensor '%s' is missing%s".formatted(name, REMEDY));
    }
    if (!tensor.shape().equals(shape)) {
      throw new MalformedFileException(
          file, "%s has shape %s, expected %s%s".formatted(name, tensor.shape(), shape, REMEDY));
    }
    return switch (tensor.dtype()) {
      case "F32" -> tensor.floats();
      case "U8" -> dequantised(name, tensor);
      default ->
          throw new MalformedFileException(
              file,
              "%s is of type %s, expected F32 or U8%s".formatted(name, tensor.dtype(), REMEDY));
    };
  }

  /// Turns bytes q into the numbers q · scale + min that they stand for.
  private float[] dequantised(String name, Safetensors.Tensor tensor) throws IOException {
    float scale = values(name + "_scale", List.of(1))[0];
    float min = values(name + "_min", List.of(1))[0];
    byte[] bytes = new byte[tensor.data().limit()];
    tensor.data().duplicate().rewind().get(bytes);
    float[] values = new float[bytes.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (bytes[i] & 0xff) * scale + min;
    }
    return values;
  }
}
