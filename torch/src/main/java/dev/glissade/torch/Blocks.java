package dev.glissade.torch;

import dev.glissade.internal.Suggestions;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/// The parameters of a network at one evaluation, by name.
public final class Blocks {

  private final Map<String, Tensor> tensors;

  Blocks(Map<String, Tensor> tensors) {
    this.tensors = tensors;
  }

  /// The parameter of that name, in the shape that it was given. It is not to be closed or changed.
  ///
  /// @throws IllegalArgumentException if there is none; the message lists those that there are
  public Tensor get(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException(
          Suggestions.unknown("parameter", name, List.copyOf(tensors.keySet())));
    }
    return tensor;
  }
}
