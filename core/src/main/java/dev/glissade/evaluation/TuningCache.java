package dev.glissade.evaluation;

import dev.glissade.file.AtomicFiles;
import dev.glissade.internal.FlatJson;
import dev.glissade.optimizer.Baseline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Remembers tuned learning rates in a folder, under a hash of everything that decides them.
///
/// @param folder made when something is first written
public record TuningCache(Path folder) {

  /// To be raised when the search or a baseline changes.
  private static final int VERSION = 1;

  /// The learning rate found earlier for this baseline on this evaluation. A file that cannot be
  /// read counts as absent: the search is run again.
  public Optional<Double> find(Baseline baseline, Evaluation evaluation) {
    Map<String, String> key = key(baseline, evaluation);
    try {
      Map<String, String> stored = FlatJson.read(Files.readString(file(key)));
      String rate = stored.remove("learningRate");
      stored.remove("loss");
      return rate != null && stored.equals(key)
          ? Optional.of(Double.parseDouble(rate))
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
    stored.put("learningRate", best.learningRate());
    stored.put("loss", best.loss());
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
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      byte[] hash = sha.digest(FlatJson.write(key).getBytes(StandardCharsets.UTF_8));
      String name = HexFormat.of().formatHex(hash, 0, 10);
      return folder.resolve("%s-%s.json".formatted(key.get("optimizer"), name));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
