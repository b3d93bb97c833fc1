package dev.glissade.check;

/// What a check says about one [Aspect] of a problem, from good to bad.
public enum Verdict {
  /// Nothing is wrong as far as it was tried.
  SOUND,

  /// It was not tried, because it does not apply or because of what else is wrong.
  SKIPPED,

  /// It could not be told, or is odd without being wrong.
  UNCLEAR,

  /// A promise is broken.
  WRONG;

  Verdict worse(Verdict other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
