package dev.glissade.training;

import dev.glissade.file.JsonObject;

/// What was measured of a training after an episode.
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
public record TrainingMetrics(
    long episode,
    double metaLoss,
    double gradientNorm,
    double learningRate,
    double validationLoss,
    double bestLoss,
    long nonFiniteCount,
    double seconds) {

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
    return json.with("bestLoss", bestLoss)
        .with("nonFinite", nonFiniteCount)
        .with("seconds", seconds);
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
        json.real("seconds"));
  }

  private static double realOr(JsonObject json, String key, double otherwise) {
    return json.has(key) ? json.real(key) : otherwise;
  }
}
