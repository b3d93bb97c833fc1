package dev.glissade.spark;

import dev.glissade.Problem;
import dev.glissade.cluster.ProblemFinder;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The problems that were found in this JVM. One is looked for once: it may hold a data set.
///
/// @param finder of those that are not there yet
record FoundProblems(ProblemFinder finder) implements ProblemFinder {

  /// By finder and name.
  private static final Map<Key, Problem> FOUND = new ConcurrentHashMap<>();

  private record Key(ProblemFinder finder, String name) {}

  @Override
  public Problem find(String name) {
    Key key = new Key(finder, name);
    Problem known = FOUND.get(key);
    if (known == null) {
      known = finder.find(name); // which may look for others on the way
      FOUND.putIfAbsent(key, known);
    }
    return known;
  }
}
