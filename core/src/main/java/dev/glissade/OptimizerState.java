package dev.glissade;

import java.util.List;

/// What an optimizer remembers from step to step.
public interface OptimizerState {

  /// The arrays that make up this state: live, complete and in a fixed order, so that copying them
  /// out and back in saves and restores it.
  List<float[]> arrays();

  /// How often a guard took the step that an optimizer wanted to make from it; 0 where there is no
  /// guard.
  default long interventions() {
    return 0;
  }

  /// Makes this state equal to another of the same optimizer and layout.
  ///
  /// @throws IllegalArgumentException if its arrays are not as many or as long; nothing is copied
  ///   then
  default void copyFrom(OptimizerState other) {
    List<float[]> from = other.arrays();
    List<float[]> to = arrays();
    List<Integer> expected = to.stream().map(array -> array.length).toList();
    List<Integer> found = from.stream().map(array -> array.length).toList();
    if (!found.equals(expected)) {
      throw new IllegalArgumentException(
          "the state of another optimizer or layout: arrays of lengths %s expected, got %s"
              .formatted(expected, found));
    }
    for (int i = 0; i < to.size(); i++) {
      System.arraycopy(from.get(i), 0, to.get(i), 0, to.get(i).length);
    }
  }

  /// The state of an optimizer that remembers nothing.
  record Empty() implements OptimizerState {
    @Override
    public List<float[]> arrays() {
      return List.of();
    }
  }
}
