package dev.glissade;

/// What an optimizer mixes: on which gradients the update of one coordinate depends.
///
/// Whoever runs several objectives side by side as one, or goes back through a part of the
/// coordinates only, asks for it first.
public enum Coupling {

  /// Nothing: each coordinate is updated by its own gradients alone.
  COORDINATES,

  /// The coordinates of a block: an update depends on the gradients of its block, and on no other.
  BLOCKS,

  /// All coordinates, or the loss.
  ALL;

  /// The coupling of a rule that consists of two: the wider of both.
  public Coupling and(Coupling other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
