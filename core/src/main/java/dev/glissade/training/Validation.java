package dev.glissade.training;

import dev.glissade.evaluation.Span;

/// The validations of a training: how often its optimizer is frozen and scored, and a checkpoint
/// written.
///
/// @param every after so many episodes, ≥ 1
/// @param instances how many VALIDATION objectives it is scored on, ≥ 1
/// @param span what of the runs counts
/// @param kept which weights are kept in the end
public record Validation(long every, int instances, Span span, Kept kept) {

  public Validation {
    if (every < 1) {
      throw new IllegalArgumentException("validateEvery must be >= 1, got " + every);
    }
    if (instances < 1) {
      throw new IllegalArgumentException("validationInstances must be >= 1, got " + instances);
    }
  }

  /// Validations by what runs end at, of which the best weights are kept.
  public Validation(long every, int instances) {
    this(every, instances, Span.END, Kept.BEST);
  }

  /// These validations after another number of episodes.
  public Validation withEvery(long episodes) {
    return new Validation(episodes, instances, span, kept);
  }

  /// These validations on another number of objectives.
  public Validation withInstances(int others) {
    return new Validation(every, others, span, kept);
  }

  /// These validations by another part of the runs.
  public Validation withSpan(Span other) {
    return new Validation(every, instances, other, kept);
  }

  /// These validations with another choice of the weights that are kept.
  public Validation withKept(Kept other) {
    return new Validation(every, instances, span, other);
  }
}
