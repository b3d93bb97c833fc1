package dev.glissade.problem;

import dev.glissade.Objective;
import dev.glissade.Problem;
import dev.glissade.Seeds;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/// A problem whose objectives are made from random numbers. The streams of the splits are
/// independent, so that no two splits share a function.
///
/// ```java
/// Problem fits = RandomProblem.of("my-fits", random -> new MyFit(random.nextDouble()));
/// ```
///
/// The streams depend on what precedes the first colon of the name: options that are no random
/// numbers leave the rest of an objective as it is.
public interface RandomProblem extends Problem {

  /// Makes one objective, on any thread.
  ///
  /// @param random the only source of chance: equal streams must give equal objectives
  Objective draw(RandomGenerator random);

  @Override
  default Objective sample(Split split, long seed) {
    return draw(Seeds.stream(seed, ProblemSpec.family(name()) + "/" + split, 0));
  }

  /// The problem of that name whose objectives a function makes.
  ///
  /// @param name what [Problem#name] returns
  /// @param function [#draw]
  static RandomProblem of(String name, Function<RandomGenerator, Objective> function) {
    return new Named(name, function);
  }

  /// A problem made of a name and a function.
  ///
  /// @param name what [Problem#name] returns
  /// @param function makes one objective from a random stream, on any thread
  record Named(String name, Function<RandomGenerator, Objective> function)
      implements RandomProblem {
    @Override
    public Objective draw(RandomGenerator random) {
      return function.apply(random);
    }
  }
}
