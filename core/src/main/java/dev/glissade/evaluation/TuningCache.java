package dev.glissade.evaluation;

import dev.glissade.evaluation.LearningRateSearch.Found;
import dev.glissade.evaluation.LearningRateSearch.Trial;
import dev.glissade.file.AtomicFiles;
import dev.glissade.file.JsonObject;
import dev.glissade.internal.Sha256;
import dev.glissade.optimizer.Baseline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Remembers tuned learning rates in a folder, with what else was tried, under a hash of everything
/// that decides them.
///
/// @param folder made when something is first written
public record TuningCache(Path folder) {

  /// The version of the search and the baselines, to be raised when one of them changes.
  private static final int VERSION = 7;

  private static final String KEY = "key";
  private static final String OPTIMIZER = "optimizer";
  private static final String RATE = "learningRate";
  private static final String LOSS = "loss";
  private static final String FOUND_LOSS = "foundLoss";
  private static final String TRIALS = "trials";
  private static final String INSTANCES = "instances";
  private static final String STEPS = "steps";
  private static final int HASH_DIGITS = 20;

  /// The search that was made earlier for this baseline on this evaluation and for this goal. What
  /// is no regular file, cannot be read or holds a rate that no search could find counts as absent:
  /// it is searched for again.
  public Optional<Found> find(Baseline baseline, Evaluation evaluation, Goal goal) {
    JsonObject key = key(baseline, evaluation, goal);
    Path file = file(key);
    if (!Files.isRegularFile(file)) { // to open a pipe would wait for ever
      return Optional.empty();
    }
    try {
      JsonObject stored = JsonObject.parse(Files.readString(file));
      double rate = stored.real(RATE);
      List<Trial> trials = stored.objects(TRIALS).stream().map(TuningCache::trial).toList();
      return stored.object(KEY).equals(key)
          ? trials.stream()
              .filter(trial -> trial.learningRate() == rate)
              .findFirst()
              .map(best -> new Found(best, trials))
          : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// Remembers what a search found.
  public void put(Baseline baseline, Evaluation evaluation, Goal goal, Found found)
      throws IOException {
    JsonObject key = key(baseline, evaluation, goal);
    JsonObject stored =
        JsonObject.empty()
            .with(KEY, key)
            .with(RATE, found.best().learningRate())
            .with(TRIALS, found.trials().stream().map(TuningCache::json).toList());
    AtomicFiles.write(file(key), (stored + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static JsonObject json(Trial trial) {
    return JsonObject.empty()
        .with(RATE, trial.learningRate())
        .with(LOSS, trial.loss())
        .with(FOUND_LOSS, trial.foundLoss())
        .with(INSTANCES, trial.instances());
  }

  /// Reads what [#json] wrote.
  private static Trial trial(JsonObject json) {
    double rate = json.real(RATE);
    if (!LearningRateSearch.covers(rate)) {
      throw new IllegalArgumentException("no search tries a rate of " + rate);
    }
    return new Trial(rate, loss(json, LOSS), loss(json, FOUND_LOSS), json.integer(INSTANCES));
  }

  /// A loss that is missing was no number: some run got stuck.
  private static double loss(JsonObject json, String key) {
    return json.has(key) ? json.real(key) : Double.POSITIVE_INFINITY;
  }

  private static JsonObject key(Baseline baseline, Evaluation evaluation, Goal goal) {
    JsonObject key =
        JsonObject.empty()
            .with("version", VERSION)
            .with("problem", evaluation.problem().name())
            .with("split", evaluation.split().toString())
            .with(INSTANCES, evaluation.instances())
            .with(STEPS, evaluation.steps())
            .with("seed", evaluation.seed())
            .with(OPTIMIZER, baseline.rule(1, evaluation.steps()).toJson());
    // The usual goal goes without saying, as it did when it was the only one.
    return goal == Goal.LAST_STEP ? key : key.with("goal", goal.name());
  }

  private Path file(JsonObject key) {
    String hash = Sha256.of(key.toString().getBytes(StandardCharsets.UTF_8));
    String rule = key.object(OPTIMIZER).text("rule");
    return folder.resolve(rule + "-" + hash.substring(0, HASH_DIGITS) + ".json");
  }
}
