package dev.glissade.training;

/// The weights that a training keeps in the end.
public enum Kept {

  /// The weights with the best validation loss on the way.
  BEST,

  /// The weights with the best validation loss on the way, or the average of those after each
  /// episode of the last third, whichever has the lower validation loss. Where meta-gradients have
  /// heavy tails, an average is often better than any single one.
  BEST_OR_AVERAGE
}
