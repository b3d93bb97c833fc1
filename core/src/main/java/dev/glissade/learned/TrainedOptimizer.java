package dev.glissade.learned;

import dev.glissade.Optimizer;
import dev.glissade.ParameterLayout;
import dev.glissade.file.MalformedFileException;
import dev.glissade.file.Safetensors;
import dev.glissade.file.Safetensors.Tensor;
import dev.glissade.internal.Vectors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A learned optimizer with its weights φ and its history: what a file holds.
///
/// @param architecture what the weights are for
/// @param weights φ, finite
/// @param history how it came to be, text by key: `problem`, `seed`, `validationLoss`, …
public record TrainedOptimizer(
    Architecture architecture, float[] weights, Map<String, String> history) {

  private static final String FORMAT = "glissade.optimizer/1";

  public TrainedOptimizer {
    history = Map.copyOf(history);
  }

  /// The optimizer itself, to be run on any objective.
  public Optimizer<?> optimizer() {
    return architecture.optimizer().with(weights);
  }

  /// What it has learned about the rates of rules that it corrects; none if there are no such.
  public List<LearnedRate> rates() {
    return LearnedRate.of(architecture, weights);
  }

  /// Saves architecture, weights and history.
  public void save(Path file) throws IOException {
    toSafetensors().write(file);
  }

  Safetensors toSafetensors() {
    Map<String, String> metadata = new TreeMap<>(history);
    metadata.put("format", FORMAT);
    metadata.put("optimizer", "lstm");
    metadata.putAll(architecture.toMap());
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    int offset = 0;
    for (ParameterLayout.Block block : architecture.optimizer().layout().blocks()) {
      float[] values = Arrays.copyOfRange(weights, offset, offset + block.size());
      tensors.put(block.name(), Tensor.of(block.shape(), values));
      offset += block.size();
    }
    return new Safetensors(metadata, tensors);
  }

  /// Loads what [#save] wrote.
  ///
  /// @throws MalformedFileException if the file holds something else, a different architecture than
  ///   it says, or weights that are not finite
  public static TrainedOptimizer load(Path file) throws IOException {
    return from(file, Safetensors.read(file));
  }

  static TrainedOptimizer from(Path file, Safetensors stored) throws MalformedFileException {
    Map<String, String> metadata = new LinkedHashMap<>(stored.metadata());
    if (!FORMAT.equals(metadata.remove("format"))) {
      throw new MalformedFileException(
          file, "holds no learned optimizer: its metadata lack 'format': '%s'".formatted(FORMAT));
    }
    Architecture architecture;
    try {
      architecture = Architecture.fromMap(metadata);
    } catch (IllegalArgumentException e) {
      throw new MalformedFileException(file, "architecture: " + e.getMessage());
    }
    metadata.remove("optimizer");
    metadata.keySet().removeAll(architecture.toMap().keySet());
    return new TrainedOptimizer(architecture, weights(file, stored, architecture), metadata);
  }

  private static float[] weights(Path file, Safetensors stored, Architecture architecture)
      throws MalformedFileException {
    ParameterLayout layout = architecture.optimizer().layout();
    if (stored.tensors().size() != layout.blocks().size()) {
      throw new MalformedFileException(
          file,
          "%d tensors expected for this architecture, found %d"
              .formatted(layout.blocks().size(), stored.tensors().size()));
    }
    float[] weights = new float[layout.size()];
    int offset = 0;
    for (ParameterLayout.Block block : layout.blocks()) {
      Tensor tensor = stored.tensors().get(block.name());
      if (tensor == null
          || !tensor.dtype().equals("F32")
          || !tensor.shape().equals(block.shape())) {
        throw new MalformedFileException(
            file,
            "tensor '%s' of F32%s expected, found %s"
                .formatted(
                    block.name(),
                    block.shape(),
                    tensor == null ? "none" : tensor.dtype() + tensor.shape()));
      }
      float[] values = tensor.floats();
      if (!Vectors.allFinite(values)) {
        throw new MalformedFileException(
            file, "tensor '%s' has weights that are NaN or infinite".formatted(block.name()));
      }
      System.arraycopy(values, 0, weights, offset, values.length);
      offset += values.length;
    }
    return weights;
  }
}
