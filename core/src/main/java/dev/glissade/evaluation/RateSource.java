package dev.glissade.evaluation;

/// Where the learning rate of a hand-designed rule comes from.
public enum RateSource {

  /// Somebody chose it.
  GIVEN,

  /// A search found it to be the best.
  TUNED,

  /// A search found none at which every run went well; this is the lowest that it tried.
  NONE_FOUND
}
