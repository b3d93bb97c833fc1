package dev.glissade.training;

/// The validations of a training: how often its optimizer is frozen and scored, and a checkpoint
/// written.
///
/// @param every after so many episodes, ≥ 1
/// @param instances how many VALIDATION objectives it is scored on, ≥ 1
public record Validation(long every, int instances) {

  public Validation {
    if (every < 1) {
      throw new IllegalArgumentException("validateEvery must be >= 1, got " + every);
    }
    if (instances < 1) {
      throw new IllegalArgumentException("validationInstances must be >= 1, got " + instances);
    }
  }

  /// These validations after another number of episodes.
  public Validation withEvery(long episodes) {
    return new Validation(episodes, instances);
  }

  /// These validations on another number of objectives.
  public Validation withInstances(int others) {
    return new Validation(every, others);
  }
}
