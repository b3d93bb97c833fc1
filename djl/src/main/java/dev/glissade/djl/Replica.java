package dev.glissade.djl;

import ai.djl.ndarray.NDArray;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// All states of one device.
final class Replica {

  private final Groups groups;
  private final Terms terms;
  private final SavedState start;
  private final Map<String, Part> partOf = new LinkedHashMap<>(); // by the parameter's identity
  private final Map<Integer, Workspace> shared = new HashMap<>(); // by size

  Replica(Groups groups, Terms terms, SavedState start) {
    this.groups = groups;
    this.terms = terms;
    this.start = start;
  }

  /// Takes one parameter's gradient, and makes the step of its part if it was the last.
  void arrive(NamedParameter parameter, NDArray weight, NDArray gradient, Losses losses) {
    part(parameter).arrive(parameter, weight, gradient, losses);
  }

  /// The part that a parameter belongs to, made when it first comes.
  Part part(NamedParameter parameter) {
    Part known = partOf.get(parameter.id());
    if (known != null) {
      return known;
    }
    List<NamedParameter> together = groups.together(parameter);
    if (together.stream().anyMatch(other -> partOf.containsKey(other.id()))) {
      throw new IllegalStateException(
          ("parameter '%s' was frozen when its group began to train: %s couples all of them, so"
                  + " build a new optimizer after unfreezing")
              .formatted(parameter.name(), Part.ruleName(groups.of(parameter).optimizer())));
    }
    Part part = Part.start(groups.of(parameter), together, terms, this::workspace);
    start.into(part);
    together.forEach(other -> partOf.put(other.id(), part));
    return part;
  }

  /// Room for a part that needs it during one update only: parts of one size share it.
  private Workspace workspace(int size) {
    return shared.computeIfAbsent(size, Workspace::of);
  }

  private List<Part> parts() {
    return partOf.values().stream().distinct().toList();
  }

  /// What all parts remember, and what was restored for those that have not stepped since.
  SavedState state() {
    return start.with(parts());
  }

  long interventions() {
    return parts().stream().mapToLong(Part::interventions).sum();
  }

  long nonFiniteCount() {
    return parts().stream().mapToLong(Part::nonFiniteCount).sum();
  }
}
