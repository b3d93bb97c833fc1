package dev.glissade.check;

import dev.glissade.ParameterLayout.Slice;
import dev.glissade.TwiceDifferentiable;
import java.util.random.RandomGenerator;

/// A point θ of a member, and the lengths over which it is moved.
///
/// Each block has a unit, a power of two near the root mean square of its elements. θ lies on a
/// grid of 2⁻¹⁷ units, so that θ ± t·unit is exact in `float` for all t of a [Ladder]: no
/// difference is divided by a step that was not made.
///
/// @param member whose point it is
/// @param name of the point, in a sentence: such as `at the start`
/// @param at θ, `float[N]`, owned
/// @param units `float[N]`, owned
/// @param draw of all evaluations here
@SuppressWarnings("ArrayRecordComponent")
record Place(Member member, String name, float[] at, float[] units, long draw) {

  private static final double USUAL = 1.0 / 8; // the unit of a block of zeros
  private static final int LARGEST = 1 << 7; // an element, in units
  private static final double GRID = 1.0 / (1 << 17); // in units

  /// The point nearest to a given one.
  ///
  /// @param near `float[N]`, finite, only read
  static Place near(Member member, String name, float[] near, long draw) {
    float[] units = units(member, near);
    float[] at = new float[near.length];
    for (int i = 0; i < at.length; i++) {
      double grid = GRID * units[i];
      at[i] = (float) (Math.rint(near[i] / grid) * grid);
    }
    return new Place(member, name, at, units, draw);
  }

  /// The units of all coordinates about a point, a new `float[N]`.
  static float[] units(Member member, float[] near) {
    float[] units = new float[near.length];
    for (Slice slice : member.objective().layout().slices()) {
      double squares = 0;
      double largest = 0;
      for (int i = slice.offset(); i < slice.end(); i++) {
        squares += (double) near[i] * near[i];
        largest = Math.max(largest, Math.abs(near[i]));
      }
      double scale = Math.max(Math.sqrt(squares / slice.size()), largest / LARGEST);
      float unit = powerOfTwo(scale > 0 ? scale : USUAL);
      for (int i = slice.offset(); i < slice.end(); i++) {
        units[i] = unit;
      }
    }
    return units;
  }

  /// The power of two at or above a number, as far as `float` has room for its grid.
  private static float powerOfTwo(double scale) {
    return (float) Math.scalb(1.0, Math.clamp(Math.getExponent(scale) + 1, -100, 100));
  }

  Values evaluate(float[] direction, double t) {
    return member.evaluate(moved(direction, t), draw);
  }

  /// H·v at θ + t·direction, a new array, for the member's second derivatives.
  float[] times(TwiceDifferentiable twice, float[] v, float[] direction, double t) {
    float[] product = new float[at.length];
    twice.hessianTimes(moved(direction, t), draw, v.clone(), product);
    return product;
  }

  /// θ + t·direction, a new array.
  float[] moved(float[] direction, double t) {
    float[] moved = new float[at.length];
    for (int i = 0; i < moved.length; i++) {
      moved[i] = (float) (at[i] + t * direction[i]);
    }
    return moved;
  }

  /// A direction of one unit, forth or back, in each coordinate of a block; `float[N]`.
  float[] direction(Slice slice, RandomGenerator random) {
    float[] direction = new float[at.length];
    for (int i = slice.offset(); i < slice.end(); i++) {
      direction[i] = random.nextBoolean() ? units[i] : -units[i];
    }
    return direction;
  }

  /// A direction of one unit, forth or back, in each coordinate; `float[N]`.
  float[] direction(RandomGenerator random) {
    float[] direction = new float[at.length];
    for (int i = 0; i < direction.length; i++) {
      direction[i] = random.nextBoolean() ? units[i] : -units[i];
    }
    return direction;
  }

  /// The direction of one unit in one coordinate; `float[N]`.
  float[] direction(int coordinate) {
    float[] direction = new float[at.length];
    direction[coordinate] = units[coordinate];
    return direction;
  }

  /// The name of the place in a sentence.
  String where() {
    return "%s, %s (draw %s)".formatted(member.where(), name, draw);
  }
}
