package dev.glissade.check;

import dev.glissade.Objective;
import dev.glissade.ParameterLayout.Slice;
import dev.glissade.Problem;
import dev.glissade.Seeds;
import java.util.random.RandomGenerator;

/// One objective that is looked at.
///
/// @param split of the problem
/// @param number of the member among those that are looked at, from 0
/// @param seed that it was drawn with
/// @param objective the objective
record Member(Problem.Split split, int number, long seed, Objective objective) {

  int size() {
    return objective.layout().size();
  }

  /// Evaluates at a copy of θ, into zeros: whatever the member does to its input or leaves of its
  /// output is another check's.
  Values evaluate(float[] at, long draw) {
    float[] gradient = new float[size()];
    double loss = objective.evaluate(at.clone(), draw, gradient);
    return new Values(loss, gradient);
  }

  /// A random stream of the member's own.
  RandomGenerator random(String purpose) {
    return Seeds.stream(seed, "check/" + purpose, number);
  }

  /// The member's name in a sentence.
  String where() {
    return "%s member of seed %s".formatted(split, seed);
  }

  /// The name of one coordinate in a sentence.
  String coordinate(int index) {
    for (Slice slice : objective.layout().slices()) {
      if (index < slice.end()) {
        return "coordinate %s of block '%s'"
            .formatted(index - slice.offset(), slice.block().name());
      }
    }
    throw new IndexOutOfBoundsException(index);
  }
}
