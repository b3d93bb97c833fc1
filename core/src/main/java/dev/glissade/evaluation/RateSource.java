package dev.glissade.evaluation;

/// Where the learning rate of a hand-designed rule comes from.
public enum RateSource {

  /// Somebody chose the rate.
  GIVEN,

  /// A search found the rate to be the best.
  TUNED,

  /// A search found no rate at which every run went well; this is the lowest that it tried.
  NONE_FOUND
}
