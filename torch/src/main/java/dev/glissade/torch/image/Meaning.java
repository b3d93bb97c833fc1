package dev.glissade.torch.image;

import java.util.List;

/// What a picture's file says of its pixels besides their numbers.
///
/// @param colours what the numbers stand for
/// @param orientation which way up it is
/// @param transparent the one colour that is not seen, from 0 to 1 before it is converted: grey, or
///   red, green, blue; empty if there is none
record Meaning(Colours colours, Orientation orientation, List<Float> transparent) {

  private static final float TINY = 1e-6f; // a fifteenth of a level of 16 bits

  Meaning {
    transparent = List.copyOf(transparent);
  }

  /// Whether nothing of a colour is seen.
  ///
  /// @param rgb colours from 0 to 1 before they are converted
  /// @param from where this one is
  boolean isTransparent(float[] rgb, int from) {
    for (int i = 0; i < transparent.size(); i++) {
      if (Math.abs(rgb[from + i] - transparent.get(i)) > TINY) {
        return false;
      }
    }
    return !transparent.isEmpty();
  }
}
