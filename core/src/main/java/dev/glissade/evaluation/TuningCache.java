package dev.glissade.evaluation;

import dev.glissade.file.AtomicFiles;
import dev.glissade.file.JsonObject;
import dev.glissade.internal.Sha256;
import dev.glissade.optimizer.Baseline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Remembers tuned learning rates in a folder, under a hash of everything that decides them.
///
/// @param folder made when something is first written
public record TuningCache(Path folder) {

  /// The version of the search and the baselines, to be raised when one of them changes.
  private static final int VERSION = 4;

  private static final String KEY = "key";
  private static final String OPTIMIZER = "optimizer";
  private static final String RATE = "learningRate";
  private static final String LOSS = "loss";
  private static final int HASH_DIGITS = 20;

  /// The learning rate found earlier for this baseline on this evaluation. What is no regular file,
  /// cannot be read or holds no rate that a search could find counts as absent: it is searched for
  /// again.
  public Optional<Double> find(Baseline baseline, Evaluation evaluation) {
    JsonObject key = key(baseline, evaluation);
    Path file = file(key);
    if (!Files.isRegularFile(file)) { // to open a pipe would wait for ever
      return Optional.empty();
    }
    try {
      JsonObject stored = JsonObject.parse(Files.readString(file));
      double rate = stored.real(RATE);
      return stored.object(KEY).equals(key) && LearningRateSearch.covers(rate)
          ? Optional.of(rate)
          : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// Remembers what a search found.
  public void put(Baseline baseline, Evaluation evaluation, LearningRateSearch.Trial best)
      throws IOException {
    JsonObject key = key(baseline, evaluation);
    JsonObject stored =
        JsonObject.empty().with(KEY, key).with(RATE, best.learningRate()).with(LOSS, best.loss());
    AtomicFiles.write(file(key), (stored + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static JsonObject key(Baseline baseline, Evaluation evaluation) {
    return JsonObject.empty()
        .with("version", VERSION)
        .with("problem", evaluation.problem().name())
        .with("split", evaluation.split().toString())
        .with("instances", evaluation.instances())
        .with("steps", evaluation.steps())
        .with("seed", evaluation.seed())
        .with(OPTIMIZER, baseline.rule(1, evaluation.steps()).toJson());
  }

  private Path file(JsonObject key) {
    String hash = Sha256.of(key.toString().getBytes(StandardCharsets.UTF_8));
    String rule = key.object(OPTIMIZER).text("rule");
    return folder.resolve(rule + "-" + hash.substring(0, HASH_DIGITS) + ".json");
  }
}
