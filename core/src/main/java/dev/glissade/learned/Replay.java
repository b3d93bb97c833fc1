package dev.glissade.learned;

import dev.glissade.Point;
import dev.glissade.internal.Vectors;

/// The points of an unroll, one after the other, as the rule saw them.
///
/// θ is made again from the updates, so that no more than its start need be recorded; the same
/// updates give the same bits.
final class Replay implements Point {

  private final Unroll unroll;
  private final float[] parameters; // [N]
  private final float[] gradient; // [N]
  private int t;

  Replay(Unroll unroll) {
    this.unroll = unroll;
    this.parameters = new float[unroll.layout().size()];
    this.gradient = new float[parameters.length];
    unroll.parameters(parameters);
    unroll.gradient(0, gradient);
  }

  /// Moves on to the next point.
  ///
  /// @param update of this step
  void move(float[] update) {
    Vectors.add(update, parameters);
    t++;
    unroll.gradient(t, gradient);
  }

  /// A copy of this point, which does not move on.
  Point snapshot() {
    return new Known(step(), loss(), parameters.clone(), gradient.clone());
  }

  @Override
  public long step() {
    return unroll.firstStep() + t;
  }

  @Override
  public double loss() {
    return unroll.loss(t);
  }

  @Override
  public float[] parameters() {
    return parameters;
  }

  @Override
  public float[] gradient() {
    return gradient;
  }
}
