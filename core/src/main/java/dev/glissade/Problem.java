package dev.glissade;

/// A distribution over objectives: the class of problems that an optimizer is learned for.
public interface Problem {

  /// A short name with its options, such as `quadratic:dim=20`. Equal names mean equal
  /// distributions: caches and learned optimizers refer to a problem by it.
  String name();

  /// Draws one objective. Equal arguments give equal objectives; different splits never share one,
  /// whatever the seeds: other functions, other images.
  ///
  /// @param split what the objective will be used for
  /// @param seed which objective, any value
  Objective sample(Split split, long seed);

  /// What an objective is used for. Meta-training sees TRAIN, every choice (early stopping,
  /// learning rates) is made on VALIDATION, and TEST is only reported.
  enum Split {
    TRAIN,
    VALIDATION,
    TEST
  }
}
