package dev.glissade.evaluation;

import dev.glissade.file.AtomicFiles;
import dev.glissade.internal.FlatJson;
import dev.glissade.internal.Sha256;
import dev.glissade.optimizer.Baseline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Remembers tuned learning rates in a folder, under a hash of everything that decides them.
///
/// @param folder made when something is first written
public record TuningCache(Path folder) {

  /// To be raised when the search or a baseline changes.
  private static final int VERSION = 2;

  private static final String RATE = "learningRate";
  private static final String LOSS = "loss";
  private static final int HASH_DIGITS = 20;

  /// The learning rate found earlier for this baseline on this evaluation. What is no regular file,
  /// cannot be read or holds no rate that a search could find counts as absent: it is searched for
  /// again.
  public Optional<Double> find(Baseline baseline, Evaluation evaluation) {
    Map<String, String> key = key(baseline, evaluation);
    Path file = file(key);
    if (!Files.isRegularFile(file)) { // to open a pipe would wait for ever
      return Optional.empty();
    }
    try {
      Map<String, String> stored = FlatJson.read(Files.readString(file));
      double rate = Double.parseDouble(stored.getOrDefault(RATE, ""));
      stored.remove(RATE);
      stored.remove(LOSS);
      return stored.equals(key) && LearningRateSearch.covers(rate)
          ? Optional.of(rate)
          : Optional.empty();
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /// Remembers what a search found.
  public void put(Baseline baseline, Evaluation evaluation, LearningRateSearch.Trial best)
      throws IOException {
    Map<String, String> key = key(baseline, evaluation);
    Map<String, Object> stored = new LinkedHashMap<>(key);
    stored.put(RATE, best.learningRate());
    stored.put(LOSS, best.loss());
    AtomicFiles.write(file(key), (FlatJson.write(stored) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static Map<String, String> key(Baseline baseline, Evaluation evaluation) {
    Map<String, String> key = new LinkedHashMap<>();
    key.put("version", Integer.toString(VERSION));
    key.put("problem", evaluation.problem().name());
    key.put("split", evaluation.split().toString());
    key.put("instances", Integer.toString(evaluation.instances()));
    key.put("steps", Integer.toString(evaluation.steps()));
    key.put("seed", Long.toString(evaluation.seed()));
    key.put("optimizer", baseline.name());
    key.put("settings", baseline.rule(1).settings().toString());
    return key;
  }

  private Path file(Map<String, String> key) {
    String hash = Sha256.of(FlatJson.write(key).getBytes(StandardCharsets.UTF_8));
    return folder.resolve(
        "%s-%s.json".formatted(key.get("optimizer"), hash.substring(0, HASH_DIGITS)));
  }
}
