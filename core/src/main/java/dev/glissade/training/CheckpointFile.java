package dev.glissade.training;

import dev.glissade.file.MalformedFileException;
import dev.glissade.file.Safetensors;
import dev.glissade.file.Safetensors.Tensor;
import dev.glissade.internal.Vectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Checkpoints as safetensors: `weights`, `best`, and `outer/0` … for the outer optimizer's state.
final class CheckpointFile {

  private static final String WEIGHTS = "weights";
  private static final String BEST = "best";
  private static final String OUTER = "outer/";

  private CheckpointFile() {}

  /// Writes a checkpoint, whole or not at all.
  static void write(Path file, Checkpoint checkpoint) throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put(WEIGHTS, tensor(checkpoint.weights()));
    tensors.put(BEST, tensor(checkpoint.bestWeights()));
    List<float[]> outerState = checkpoint.outerState();
    for (int i = 0; i < outerState.size(); i++) {
      tensors.put(OUTER + i, tensor(outerState.get(i)));
    }
    Map<String, String> metadata =
        Map.of(
            "draws", Long.toString(checkpoint.draws()),
            "updates", Long.toString(checkpoint.updates()),
            "bestLoss", Double.toString(checkpoint.bestLoss()),
            "bestEpisode", Long.toString(checkpoint.bestEpisode()),
            "startLoss", Double.toString(checkpoint.startLoss()));
    new Safetensors(metadata, tensors).write(file);
  }

  private static Tensor tensor(float[] values) {
    return Tensor.of(List.of(values.length), values);
  }

  /// Reads a checkpoint; empty if there is no such file.
  ///
  /// @throws MalformedFileException if it holds something else, or numbers that are not finite
  static Optional<Checkpoint> read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Safetensors stored = Safetensors.read(file);
    try {
      Map<String, String> metadata = stored.metadata();
      return Optional.of(
          new Checkpoint(
              Long.parseLong(metadata.getOrDefault("draws", "")),
              Long.parseLong(metadata.getOrDefault("updates", "")),
              finite(stored, WEIGHTS),
              outerState(stored),
              finite(stored, BEST),
              Double.parseDouble(metadata.getOrDefault("bestLoss", "")),
              Long.parseLong(metadata.getOrDefault("bestEpisode", "")),
              Double.parseDouble(metadata.getOrDefault("startLoss", ""))));
    } catch (IllegalArgumentException e) {
      throw new MalformedFileException(file, "is no checkpoint: " + e.getMessage());
    }
  }

  private static List<float[]> outerState(Safetensors stored) {
    List<float[]> outerState = new ArrayList<>();
    for (int i = 0; stored.tensors().containsKey(OUTER + i); i++) {
      outerState.add(finite(stored, OUTER + i));
    }
    return outerState;
  }

  private static float[] finite(Safetensors stored, String name) {
    float[] values = stored.floats(name);
    if (!Vectors.allFinite(values)) {
      throw new IllegalArgumentException(
          "tensor '%s' has numbers that are NaN or infinite".formatted(name));
    }
    return values;
  }
}
