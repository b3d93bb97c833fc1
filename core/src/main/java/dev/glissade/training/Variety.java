package dev.glissade.training;

import dev.glissade.Problem;
import dev.glissade.problem.Mixture;
import dev.glissade.problem.RandomlyScaled;
import dev.glissade.problem.WithConvexPart;
import java.util.ArrayList;
import java.util.List;

/// The variety of a training: what an optimizer is trained on besides the problem itself, so that
/// it is ready for more.
///
/// @param mix other problems; all are drawn equally often
/// @param randomScaling range of the logarithms by which coordinates are scaled, ≥ 0; 0 for not at
///   all
/// @param convexPart coordinates of a random convex function that is added, ≥ 0; 0 for none
public record Variety(List<Problem> mix, double randomScaling, int convexPart) {

  /// The variety of a training on nothing but the problem.
  public static final Variety NONE = new Variety(List.of(), 0, 0);

  public Variety {
    mix = List.copyOf(mix);
    if (!(randomScaling >= 0 && randomScaling <= 20)) {
      throw new IllegalArgumentException(
          "randomScaling must be from 0 to %s, got %s".formatted(20, randomScaling));
    }
    if (convexPart < 0 || convexPart > WithConvexPart.LARGEST) {
      throw new IllegalArgumentException(
          "convexPart must be from 0 to %s, got %s".formatted(WithConvexPart.LARGEST, convexPart));
    }
  }

  /// This variety with other problems mixed in, equally often.
  public Variety withMix(List<Problem> others) {
    return new Variety(others, randomScaling, convexPart);
  }

  /// This variety with coordinates scaled by e⁻ˣ to eˣ.
  public Variety withRandomScaling(double range) {
    return new Variety(mix, range, convexPart);
  }

  /// This variety with a random convex function of so many coordinates added to each objective.
  public Variety withConvexPart(int dimension) {
    return new Variety(mix, randomScaling, dimension);
  }

  /// The problem and those that are mixed in.
  List<Problem> parts(Problem problem) {
    List<Problem> parts = new ArrayList<>(List.of(problem));
    parts.addAll(mix);
    return parts;
  }

  /// The problem to train on.
  Problem applyTo(Problem problem) {
    Problem mixed = mix.isEmpty() ? problem : new Mixture(parts(problem));
    Problem scaled = randomScaling == 0 ? mixed : new RandomlyScaled(mixed, randomScaling);
    return convexPart == 0 ? scaled : new WithConvexPart(scaled, convexPart);
  }
}
