package dev.glissade.training;

import dev.glissade.file.AtomicFiles;
import dev.glissade.file.MalformedFileException;
import dev.glissade.file.Safetensors;
import dev.glissade.file.Safetensors.Tensor;
import dev.glissade.internal.FlatJson;
import dev.glissade.learned.Architecture;
import dev.glissade.learned.TrainedOptimizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The folder of one training run.
///
/// - `run.json`: what was asked for, one flat object
/// - `metrics.jsonl`: one line a validation
/// - `checkpoints/latest.safetensors`: from where a run that was killed goes on, bit for bit
/// - `best.safetensors`: the best optimizer so far
///
/// @param path of the folder
/// @param architecture of the optimizer that is trained
/// @param settings what `run.json` holds
public record RunFolder(Path path, Architecture architecture, Map<String, String> settings)
    implements Checkpoints {

  /// Makes the folder for a new run.
  ///
  /// @throws IOException if there is one already, or it cannot be made
  public static RunFolder create(Path path, Architecture architecture, Map<String, String> settings)
      throws IOException {
    if (Files.exists(path.resolve("run.json"))) {
      throw new IOException(
          "%s holds a run already: resume it, or choose another folder".formatted(path));
    }
    Files.createDirectories(path);
    String text = FlatJson.write(settings) + "\n";
    AtomicFiles.write(path.resolve("run.json"), text.getBytes(StandardCharsets.UTF_8));
    return new RunFolder(path, architecture, settings);
  }

  /// What `run.json` in a folder says.
  ///
  /// @throws IOException if there is none, or it is damaged
  public static Map<String, String> readSettings(Path path) throws IOException {
    Path file = path.resolve("run.json");
    try {
      return FlatJson.read(Files.readString(file));
    } catch (NoSuchFileException e) {
      throw new IOException("%s is no run folder: it has no run.json".formatted(path), e);
    } catch (IOException e) {
      throw new MalformedFileException(file, "is damaged: " + e.getMessage());
    }
  }

  /// Where the best optimizer of a run lies.
  public static Path best(Path path) {
    return path.resolve("best.safetensors");
  }

  @Override
  public Optional<Checkpoint> latest() throws IOException {
    Path file = checkpointFile();
    if (!Files.exists(file)) {
      keepMetrics(0);
      return Optional.empty();
    }
    Safetensors stored = Safetensors.read(file);
    Checkpoint checkpoint = checkpoint(file, stored);
    keepMetrics(Long.parseLong(stored.metadata().getOrDefault("episode", "0")));
    return Optional.of(checkpoint);
  }

  @Override
  public void save(Checkpoint checkpoint, TrainingMetrics metrics) throws IOException {
    appendMetrics(metrics);
    trained(checkpoint).save(best(path));
    write(checkpoint, metrics.episode()); // last: whatever was not written before is done again
  }

  /// The best optimizer so far, with its history.
  public TrainedOptimizer trained(Checkpoint checkpoint) {
    Map<String, String> history = new LinkedHashMap<>(settings);
    history.put("validationLoss", Double.toString(checkpoint.bestLoss()));
    history.put("bestEpisode", Long.toString(checkpoint.bestEpisode()));
    return new TrainedOptimizer(architecture, checkpoint.bestWeights(), history);
  }

  private Path checkpointFile() {
    return path.resolve("checkpoints").resolve("latest.safetensors");
  }

  private void write(Checkpoint checkpoint, long episode) throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("weights", tensor(checkpoint.weights()));
    tensors.put("best", tensor(checkpoint.bestWeights()));
    for (int i = 0; i < checkpoint.outerState().size(); i++) {
      tensors.put("outer/" + i, tensor(checkpoint.outerState().get(i)));
    }
    Map<String, String> metadata =
        Map.of(
            "step", Long.toString(checkpoint.step()),
            "episode", Long.toString(episode),
            "bestLoss", Double.toString(checkpoint.bestLoss()),
            "bestEpisode", Long.toString(checkpoint.bestEpisode()));
    new Safetensors(metadata, tensors).write(checkpointFile());
  }

  private static Tensor tensor(float[] values) {
    return Tensor.of(List.of(values.length), values);
  }

  private static Checkpoint checkpoint(Path file, Safetensors stored)
      throws MalformedFileException {
    try {
      List<float[]> outerState = new ArrayList<>();
      for (int i = 0; stored.tensors().containsKey("outer/" + i); i++) {
        outerState.add(stored.floats("outer/" + i));
      }
      Map<String, String> metadata = stored.metadata();
      return new Checkpoint(
          Long.parseLong(metadata.getOrDefault("step", "")),
          stored.floats("weights"),
          outerState,
          stored.floats("best"),
          Double.parseDouble(metadata.getOrDefault("bestLoss", "")),
          Long.parseLong(metadata.getOrDefault("bestEpisode", "")));
    } catch (IllegalArgumentException e) {
      throw new MalformedFileException(file, "is no checkpoint: " + e.getMessage());
    }
  }

  private void appendMetrics(TrainingMetrics metrics) throws IOException {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("episode", metrics.episode());
    line.put("metaLoss", metrics.metaLoss());
    line.put("validationLoss", metrics.validationLoss());
    line.put("bestLoss", metrics.bestLoss());
    line.put("nonFinite", metrics.nonFiniteCount());
    line.put("time", System.currentTimeMillis() / 1000);
    Files.writeString(
        path.resolve("metrics.jsonl"),
        FlatJson.write(line) + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  /// Drops the lines of validations after the checkpoint, and a last line that was cut off: they
  /// will be written again.
  private void keepMetrics(long episode) throws IOException {
    Path file = path.resolve("metrics.jsonl");
    if (!Files.exists(file)) {
      return;
    }
    StringBuilder kept = new StringBuilder();
    for (String line : Files.readAllLines(file)) {
      try {
        if (Long.parseLong(FlatJson.read(line).getOrDefault("episode", "")) <= episode) {
          kept.append(line).append('\n');
        }
      } catch (IOException | NumberFormatException e) {
        break; // cut off when the process was killed
      }
    }
    AtomicFiles.write(file, kept.toString().getBytes(StandardCharsets.UTF_8));
  }
}
