package dev.glissade.cluster;

import java.util.Optional;

/// Indexed tasks as a value: all that it takes to do any of them, on any thread of any machine.
///
/// A task's result depends on the job and on its index only, so that one that is lost can be done
/// again. Jobs and results are records of values. A problem among them travels as its name.
///
/// @param <R> what a task gives
public interface Job<R> {

  /// Does one task.
  ///
  /// @param index which one, ≥ 0
  R run(int index);

  /// Where tasks leave what the same index can go on from in a later job, if they do: they are best
  /// done where that is.
  default Optional<Shelf<?>> shelf() {
    return Optional.empty();
  }
}
