package dev.glissade.problem;

import java.util.Locale;

/// An enum whose constants have a name for people, as in `activation=relu`.
public interface Labelled {

  /// The constant's name in Java.
  String name();

  /// The constant's name for people: in lower case, with hyphens, such as `held-out`.
  default String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
