package dev.glissade.check;

import dev.glissade.ParameterLayout.Slice;
import dev.glissade.check.Ladder.Outcome;
import dev.glissade.check.Ladder.Sample;
import java.util.List;
import java.util.random.RandomGenerator;

/// Compares losses with gradients at one place: along a random direction in each block, and along
/// single coordinates.
final class GradientLines {

  private final Place place;
  private final Tally tally;
  private final Pace pace;
  private final Roundings roundings;
  private final RandomGenerator random;

  GradientLines(Place place, Tally tally, Pace pace) {
    this.place = place;
    this.tally = tally;
    this.pace = pace;
    this.random = place.member().random("lines " + place.name());
    this.roundings = Roundings.ofGradient(place, place.direction(random));
  }

  /// Looks at every block as a whole, and at the coordinates that are given.
  ///
  /// @param coordinates any of 0 … N − 1
  void compare(int[] coordinates) {
    List<Slice> slices = place.member().objective().layout().slices();
    for (Slice slice : slices) {
      float[] direction = place.direction(slice, random);
      compare(
          direction,
          slice,
          false,
          "a random direction in block '%s'".formatted(slice.block().name()));
    }
    for (int coordinate : coordinates) {
      if (!pace.isOver()) {
        compare(
            place.direction(coordinate),
            slice(slices, coordinate),
            true,
            place.member().coordinate(coordinate));
      }
    }
  }

  private static Slice slice(List<Slice> slices, int coordinate) {
    return slices.stream().filter(slice -> coordinate < slice.end()).findFirst().orElseThrow();
  }

  /// Compares along one direction, in units of its block.
  private void compare(float[] direction, Slice slice, boolean one, String name) {
    Sample here = sample(direction, roundings.loss(), roundings.vector());
    Ladder ladder = new Ladder(t -> sample(direction, t), here);
    Outcome outcome = ladder.compare(0, roundings.along(direction, slice));
    pace.step();
    Counts.add(tally, outcome, one, () -> sentence(outcome, slice, name));
  }

  private Sample sample(float[] direction, double t) {
    Values values = place.evaluate(direction, t);
    return sample(direction, values.loss(), values.gradient());
  }

  private static Sample sample(float[] direction, double loss, float[] gradient) {
    double slope = Products.of(direction, gradient);
    return new Sample(new double[] {loss}, new double[] {slope});
  }

  private String sentence(Outcome outcome, Slice slice, String name) {
    double unit = place.units()[slice.offset()];
    return "%s: along %s the gradient says %s, the change of the loss %s"
        .formatted(
            place.where(),
            name,
            Counts.number(outcome.slope() / unit),
            Counts.number(outcome.quotient() / unit));
  }
}
