package dev.glissade.evaluation;

import dev.glissade.optimizer.Baseline;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// An optimizer that is to take part in a [Competition].
public sealed interface Entrant {

  /// The entrant's name in tables and plots.
  String name();

  /// An optimizer that can be run as it is.
  record Ready(Contender contender) implements Entrant {
    @Override
    public String name() {
      return contender.name();
    }
  }

  /// A hand-designed rule whose learning rate is to be tuned.
  record Untuned(String name, Baseline baseline) implements Entrant {}

  /// An optimizer that is watched, as [dev.glissade.optimizer.Guarded] says.
  ///
  /// @param name in tables and plots
  /// @param inner the one that is watched
  /// @param fallback the one that goes on where it fails
  record Watched(String name, Entrant inner, Entrant fallback) implements Entrant {}

  /// Refuses optimizers that could not be told apart in tables and pictures.
  ///
  /// @throws IllegalArgumentException if two have the same name
  static void requireDistinct(List<? extends Entrant> entrants) {
    Set<String> names = new HashSet<>();
    for (Entrant entrant : entrants) {
      if (!names.add(entrant.name())) {
        throw new IllegalArgumentException(
            "two optimizers are called '%s': leave one out, or rename its file or folder"
                .formatted(entrant.name()));
      }
    }
  }
}
