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
/// Problem fits = new RandomProblem("my-fits", random -> new MyFit(random.nextDouble()));
/// ```
///
/// @param name what [Problem#name] returns. The streams depend on what precedes its first colon:
///   options that are no random numbers leave the rest of an objective as it is
/// @param sampler makes one objective from a random stream, on any thread
public record RandomProblem(String name, Function<RandomGenerator, Objective> sampler)
    implements Problem {

  @Override
  public Objective sample(Split split, long seed) {
    int colon = name.indexOf(':');
    String family = colon < 0 ? name : name.substring(0, colon);
    return sampler.apply(Seeds.stream(seed, family + "/" + split, 0));
  }
}
