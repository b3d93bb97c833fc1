package dev.glissade.training;

import dev.glissade.file.JsonObject;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/// What was measured of a training after an episode; where an episode or a validation takes its
/// time, also how far it is.
///
/// @param episode how many episodes are done
/// @param metaLoss the meta-loss of the episode, Σ over its steps, the mean over the batch; at a
///   validation the mean over the episodes since the one before
/// @param gradientNorm the root mean square of the norms of its meta-gradients, before clipping
/// @param learningRate of the outer optimizer; NaN if there is no such number
/// @param validationLoss the score on VALIDATION objectives, +∞ if any diverged; NaN where there
///   was no validation
/// @param bestLoss the lowest validation loss so far
/// @param nonFiniteCount how many evaluations gave NaN or infinity since this process started
/// @param seconds since this process started the training
/// @param phase whether an episode is done, or what is being done; then losses, norm and rate are
///   NaN
/// @param part how much of that phase is done, 0 to 1; 1 where an episode is done
public record TrainingMetrics(
    long episode,
    double metaLoss,
    double gradientNorm,
    double learningRate,
    double validationLoss,
    double bestLoss,
    long nonFiniteCount,
    double seconds,
    Phase phase,
    double part) {

  /// What a training does, as its metrics say.
  public enum Phase {
    /// An episode is done, and scored if it is time to.
    DONE,
    /// The next episode is being made.
    EPISODE,
    /// Frozen weights are being scored.
    VALIDATION
  }

  /// Metrics of an episode that is done.
  public TrainingMetrics(
      long episode,
      double metaLoss,
      double gradientNorm,
      double learningRate,
      double validationLoss,
      double bestLoss,
      long nonFiniteCount,
      double seconds) {
    this(
        episode,
        metaLoss,
        gradientNorm,
        learningRate,
        validationLoss,
        bestLoss,
        nonFiniteCount,
        seconds,
        Phase.DONE,
        1);
  }

  /// A sign of life between these metrics and the next.
  TrainingMetrics during(Phase other, double done, double now) {
    double unknown = Double.NaN;
    return new TrainingMetrics(
        episode, unknown, unknown, unknown, unknown, bestLoss, nonFiniteCount, now, other, done);
  }

  /// Reads a line of a metrics file; empty if it is cut off or damaged.
  public static Optional<TrainingMetrics> parse(String line) {
    try {
      return Optional.of(fromJson(JsonObject.parse(line)));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// Whether the optimizer was frozen and scored.
  public boolean isValidation() {
    return !Double.isNaN(validationLoss);
  }

  /// Whether this is the lowest validation loss so far.
  public boolean improved() {
    return validationLoss == bestLoss && Double.isFinite(bestLoss);
  }

  /// One line of a metrics file. What is not finite is left out or `null`.
  JsonObject toJson() {
    JsonObject json =
        JsonObject.empty()
            .with("episode", episode)
            .with("metaLoss", metaLoss)
            .with("gradientNorm", gradientNorm)
            .with("learningRate", learningRate);
    if (isValidation()) {
      json = json.with("validated", true).with("validationLoss", validationLoss);
    }
    json =
        json.with("bestLoss", bestLoss).with("nonFinite", nonFiniteCount).with("seconds", seconds);
    return phase == Phase.DONE
        ? json
        : json.with("phase", phase.name().toLowerCase(Locale.ROOT)).with("part", part);
  }

  /// Reads metrics from what [#toJson] gave.
  ///
  /// @throws IllegalArgumentException if something is missing
  static TrainingMetrics fromJson(JsonObject json) {
    double infinity = Double.POSITIVE_INFINITY;
    return new TrainingMetrics(
        json.whole("episode"),
        realOr(json, "metaLoss", Double.NaN),
        realOr(json, "gradientNorm", Double.NaN),
        realOr(json, "learningRate", Double.NaN),
        json.has("validated") ? realOr(json, "validationLoss", infinity) : Double.NaN,
        realOr(json, "bestLoss", infinity),
        json.whole("nonFinite"),
        json.real("seconds"),
        json.has("phase") ? Phase.valueOf(json.text("phase").toUpperCase(Locale.ROOT)) : Phase.DONE,
        realOr(json, "part", 1));
  }

  private static double realOr(JsonObject json, String key, double otherwise) {
    return json.has(key) ? json.real(key) : otherwise;
  }
}
