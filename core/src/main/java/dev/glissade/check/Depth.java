package dev.glissade.check;

/// How much a check tries of each member.
public enum Depth {
  /// A first look: what is quick to see.
  QUICK(1, 8, 0),

  /// Enough to find one wrong coordinate of a hundred.
  NORMAL(3, 64, 2),

  /// More points and more coordinates, for members that are quick to evaluate or much in doubt.
  THOROUGH(7, 512, 6);

  private final int places;
  private final int coordinates;
  private final int directions;

  Depth(int places, int coordinates, int directions) {
    this.places = places;
    this.coordinates = coordinates;
    this.directions = directions;
  }

  /// How many points of each member are looked at.
  int places() {
    return places;
  }

  /// How many coordinates of each member are looked at one by one, at one of the points each.
  int coordinates() {
    return coordinates;
  }

  /// How many directions of each member Hessian-vector products are tried in.
  int directions() {
    return directions;
  }
}
