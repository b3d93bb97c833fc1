package dev.glissade.torch.features;

import dev.glissade.internal.Suggestions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;

/// Collects the activations that are wanted while a network is computed.
final class Activations {

  private final Set<String> wanted;
  private final int depth;
  private final Map<String, Tensor> found = new HashMap<>();

  /// @throws IllegalArgumentException if the network has no such layer; the message lists them
  Activations(FeatureNetwork network, List<String> wanted) {
    List<String> layers = network.layers();
    int last = -1;
    for (String layer : wanted) {
      int index = layers.indexOf(layer);
      if (index < 0) {
        throw new IllegalArgumentException(Suggestions.unknown("layer", layer, layers));
      }
      last = Math.max(last, index);
    }
    this.wanted = new HashSet<>(wanted);
    this.depth = last + 1;
  }

  /// The number of layers that must be computed, from the pixels up.
  int depth() {
    return depth;
  }

  /// Keeps an activation if it is wanted, and hands it on.
  Tensor keep(String layer, Tensor activation) {
    if (wanted.contains(layer)) {
      found.put(layer, activation);
    }
    return activation;
  }

  Map<String, Tensor> byLayer() {
    return Map.copyOf(found);
  }
}
