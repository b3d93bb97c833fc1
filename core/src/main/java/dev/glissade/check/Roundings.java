package dev.glissade.check;

import dev.glissade.ParameterLayout.Slice;
import dev.glissade.TwiceDifferentiable;
import java.util.Arrays;

/// How uncertain derivatives are at a place, and how large they usually are.
///
/// @param loss f; NaN for other vectors than ∇f
/// @param value standard deviation of the rounding of f
/// @param elements standard deviation of the rounding of each element of a vector, such as ∇f,
///   `double[N]`, owned
/// @param vector the vector itself, `float[N]`, owned
/// @param units of the coordinates, `float[N]`, owned
@SuppressWarnings("ArrayRecordComponent")
record Roundings(double loss, double value, double[] elements, float[] vector, float[] units) {

  /// The part of the usual size that counts as small.
  private static final double SMALL = 0.1;

  /// The roundings of f and ∇f at a place.
  ///
  /// @param direction over which they are measured
  static Roundings ofGradient(Place place, float[] direction) {
    Values here = place.evaluate(direction, 0);
    double[] deviations =
        Noise.of(p -> {
          Values values = place.evaluate(direction, Math.scalb(p, Ladder.FINEST));
          return joined(values.loss(), values.gradient());
        });
    double[] elements = Arrays.copyOfRange(deviations, 1, deviations.length);
    return new Roundings(here.loss(), deviations[0], elements, here.gradient(), place.units())
        .levelled(place);
  }

  /// The roundings of H·v at a place, which come with no value.
  ///
  /// @param v `float[N]`, along which they are measured, too
  static Roundings ofProduct(Place place, TwiceDifferentiable twice, float[] v) {
    double[] elements =
        Noise.of(p -> doubles(place.times(twice, v, v, Math.scalb(p, Ladder.FINEST))));
    float[] vector = place.times(twice, v, v, 0);
    return new Roundings(Double.NaN, Double.NaN, elements, vector, place.units()).levelled(place);
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  private static double[] joined(double first, float[] rest) {
    double[] joined = new double[rest.length + 1];
    joined[0] = first;
    for (int i = 0; i < rest.length; i++) {
      joined[i + 1] = rest[i];
    }
    return joined;
  }

  /// The same with no element taken to be better than the others of its block are on average: four
  /// differences are few for one element.
  private Roundings levelled(Place place) {
    double[] levelled = elements.clone();
    for (Slice slice : place.member().objective().layout().slices()) {
      double squares = 0;
      for (int i = slice.offset(); i < slice.end(); i++) {
        squares += elements[i] * elements[i];
      }
      double mean = Math.sqrt(squares / slice.size());
      for (int i = slice.offset(); i < slice.end(); i++) {
        levelled[i] = Math.max(levelled[i], mean);
      }
    }
    return new Roundings(loss, value, levelled, vector, units);
  }

  /// The scale of f along a direction in some of a block's coordinates.
  ///
  /// @param direction `float[N]`, only read
  Ladder.Scale along(float[] direction, Slice block) {
    return new Ladder.Scale(value, deviation(direction), SMALL * usual(direction, block));
  }

  /// The standard deviation of the vector's product with a direction.
  double deviation(float[] direction) {
    double squares = 0;
    for (int i = 0; i < direction.length; i++) {
      double part = elements[i] * direction[i];
      squares += part * part;
    }
    return Math.sqrt(squares);
  }

  /// The product with a direction of that many coordinates of the block, as it usually is.
  private double usual(float[] direction, Slice block) {
    double squares = 0;
    int moved = 0;
    for (int i = block.offset(); i < block.end(); i++) {
      double part = (double) vector[i] * units[i];
      squares += part * part;
      moved += direction[i] == 0 ? 0 : 1;
    }
    return Math.sqrt(squares * moved / block.size());
  }
}
