package dev.glissade.onnx;

import dev.glissade.ParameterLayout;
import dev.glissade.ParameterLayout.Slice;
import java.util.List;

/// The weights φ of a part of an architecture, block by block.
///
/// @param layout of all weights
/// @param all the weights, `float[layout.size()]`
/// @param prefix of the part's blocks
@SuppressWarnings("ArrayRecordComponent") // only read, inside this package
record NamedWeights(ParameterLayout layout, float[] all, String prefix) {

  /// The weights of a block of the part, by the name that it has there.
  ///
  /// @throws IllegalArgumentException if two blocks have that name, as where a corrected rule
  ///   corrects another: which is meant would be a guess
  float[] of(String name) {
    String whole = prefix + name;
    List<Slice> slices =
        layout.slices().stream().filter(slice -> slice.block().name().equals(whole)).toList();
    if (slices.size() != 1) {
      throw new IllegalArgumentException(
          "cannot be a graph: it has %s blocks of weights called '%s', and one is needed"
              .formatted(slices.size(), whole));
    }
    return slices.getFirst().of(all);
  }

  /// The weights of a part of this part.
  NamedWeights within(String part) {
    return new NamedWeights(layout, all, prefix + part + "/");
  }
}
