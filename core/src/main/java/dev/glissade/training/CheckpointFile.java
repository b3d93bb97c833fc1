package dev.glissade.training;

import dev.glissade.file.JsonObject;
import dev.glissade.file.MalformedFileException;
import dev.glissade.file.Safetensors;
import dev.glissade.file.Safetensors.Tensor;
import dev.glissade.internal.Sha256;
import dev.glissade.internal.Vectors;
import dev.glissade.training.Checkpoint.Best;
import dev.glissade.training.Checkpoint.Progress;
import dev.glissade.training.Checkpoint.Unscored;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Checkpoints as safetensors: `weights`, `best`, `average`, and `outer/0` … for the outer
/// optimizer's state.
final class CheckpointFile {

  private static final String FORMAT = "glissade.checkpoint/3";
  private static final String WEIGHTS = "weights";
  private static final String BEST = "best";
  private static final String AVERAGE = "average";
  private static final String OUTER = "outer/";
  private static final String CHECKSUM = "sha256";

  private CheckpointFile() {}

  /// Writes a checkpoint, whole or not at all.
  static void write(Path file, Checkpoint checkpoint) throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put(WEIGHTS, tensor(checkpoint.progress().weights()));
    tensors.put(BEST, tensor(checkpoint.best().weights()));
    Average average = checkpoint.average();
    tensors.put(AVERAGE, tensor(average.weights()));
    List<float[]> outerState = checkpoint.progress().outerState();
    for (int i = 0; i < outerState.size(); i++) {
      tensors.put(OUTER + i, tensor(outerState.get(i)));
    }
    JsonObject metadata =
        JsonObject.empty()
            .with("format", FORMAT)
            .with("draws", Long.toString(checkpoint.progress().draws()))
            .with("updates", Long.toString(checkpoint.progress().updates()))
            .with("bestLoss", Double.toString(checkpoint.best().loss()))
            .with("bestEpisode", Long.toString(checkpoint.best().episode()))
            .with("startLoss", Double.toString(checkpoint.startLoss()))
            .with("rewinds", Integer.toString(checkpoint.rewinds()))
            .with("unscoredEpisodes", Long.toString(checkpoint.unscored().episodes()))
            .with("unscoredLoss", Double.toString(checkpoint.unscored().metaLoss()))
            .with("unscoredUnrolls", Long.toString(checkpoint.unscored().unrolls()))
            .with("unscoredLeft", Long.toString(checkpoint.unscored().left()))
            .with("averaged", Long.toString(average.count()))
            .with("averagedOf", Long.toString(average.of()))
            .with("averageLoss", Double.toString(average.loss()));
    signed(metadata, tensors).write(file);
  }

  /// With a checksum of all that it holds.
  static Safetensors signed(JsonObject metadata, Map<String, Tensor> tensors) {
    return new Safetensors(metadata.with(CHECKSUM, checksum(metadata, tensors)), tensors);
  }

  /// The SHA-256 sum of everything but itself, in the order of the names.
  private static String checksum(JsonObject metadata, Map<String, Tensor> tensors) {
    Map<String, String> sums = new TreeMap<>();
    metadata.without(CHECKSUM).forEachText(sums::put);
    tensors.forEach((name, tensor) -> sums.put("tensor " + name, contents(tensor)));
    return Sha256.of(sums.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String contents(Tensor tensor) {
    byte[] bytes = new byte[tensor.data().limit()];
    tensor.data().get(0, bytes);
    return tensor.dtype() + tensor.shape() + Sha256.of(bytes);
  }

  private static Tensor tensor(float[] values) {
    return Tensor.of(List.of(values.length), values);
  }

  /// Reads a checkpoint.
  ///
  /// @throws MalformedFileException if it holds something else, or is not as it was written
  static Checkpoint read(Path file) throws IOException {
    return from(file, Safetensors.read(file));
  }

  static Checkpoint from(Path file, Safetensors stored) throws MalformedFileException {
    try {
      JsonObject metadata = stored.metadata();
      if (!checksum(metadata, stored.tensors()).equals(metadata.text(CHECKSUM))) {
        throw new IllegalArgumentException(
            "its checksum is not that of its contents, so it is damaged or was changed");
      }
      if (!metadata.text("format").equals(FORMAT)) {
        throw new IllegalArgumentException(
            "it was written in the format '%s', this version reads '%s'"
                .formatted(metadata.text("format"), FORMAT));
      }
      return new Checkpoint(
          progress(stored),
          best(stored),
          Double.parseDouble(metadata.text("startLoss")),
          new Unscored(
              Long.parseLong(metadata.text("unscoredEpisodes")),
              Double.parseDouble(metadata.text("unscoredLoss")),
              Long.parseLong(metadata.text("unscoredUnrolls")),
              Long.parseLong(metadata.text("unscoredLeft"))),
          Integer.parseInt(metadata.text("rewinds")),
          average(stored));
    } catch (IllegalArgumentException e) {
      throw new MalformedFileException(file, "is no checkpoint: " + e.getMessage());
    }
  }

  private static Average average(Safetensors stored) {
    JsonObject metadata = stored.metadata();
    return new Average(
        stored.floats(AVERAGE),
        Long.parseLong(metadata.text("averaged")),
        Long.parseLong(metadata.text("averagedOf")),
        Double.parseDouble(metadata.text("averageLoss")));
  }

  private static Progress progress(Safetensors stored) {
    JsonObject metadata = stored.metadata();
    return new Progress(
        Long.parseLong(metadata.text("draws")),
        Long.parseLong(metadata.text("updates")),
        stored.floats(WEIGHTS),
        outerState(stored));
  }

  private static List<float[]> outerState(Safetensors stored) {
    List<float[]> outerState = new ArrayList<>();
    for (int i = 0; stored.tensors().containsKey(OUTER + i); i++) {
      outerState.add(stored.floats(OUTER + i));
    }
    return outerState;
  }

  /// Those that are trained may have become infinite, which the training says; the best never are.
  private static Best best(Safetensors stored) {
    float[] values = stored.floats(BEST);
    if (!Vectors.allFinite(values)) {
      throw new IllegalArgumentException(
          "tensor '%s' has numbers that are NaN or infinite".formatted(BEST));
    }
    JsonObject metadata = stored.metadata();
    return new Best(
        values,
        Double.parseDouble(metadata.text("bestLoss")),
        Long.parseLong(metadata.text("bestEpisode")));
  }
}
