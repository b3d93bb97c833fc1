package dev.glissade;

import java.util.List;

/// A distribution over objectives: the class of problems that an optimizer is learned for.
public interface Problem {

  /// A short name with its options, such as `quadratic:dim=20`. Equal names mean equal
  /// distributions: caches and learned optimizers refer to a problem by it.
  String name();

  /// Draws one objective of the distribution. Equal arguments give equal objectives; different
  /// splits never share one, whatever the seeds: other functions, other images.
  ///
  /// @param split what the objective will be used for
  /// @param seed which objective, any value
  Objective sample(Split split, long seed);

  /// The layout of the problem's objectives; that of a typical one if they differ. It is known
  /// without the data that objectives are made of, unless a problem says nothing about it: then an
  /// objective is sampled.
  default ParameterLayout layout() {
    return sample(Split.TRAIN, 0).layout();
  }

  /// Whether all of the problem's objectives are [TwiceDifferentiable]. A problem that says nothing
  /// about it is taken at the word of one objective.
  default boolean isTwiceDifferentiable() {
    return sample(Split.TRAIN, 0) instanceof TwiceDifferentiable;
  }

  /// How many steps a run on the problem usually takes, ≥ 1.
  default int steps() {
    return 100;
  }

  /// The problem's relatives: what an optimizer that must be ready for anything is trained on as
  /// well. None unless a problem names some; never the problem itself.
  default List<Problem> variants() {
    return List.of();
  }

  /// What an objective is used for. Meta-training sees TRAIN, every choice (early stopping,
  /// learning rates) is made on VALIDATION, and TEST is only reported.
  enum Split {
    /// What meta-training learns from.
    TRAIN,

    /// What every choice is made on.
    VALIDATION,

    /// What is only reported.
    TEST
  }
}
