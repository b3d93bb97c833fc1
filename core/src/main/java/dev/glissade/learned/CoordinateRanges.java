package dev.glissade.learned;

import java.util.Arrays;

/// Stretches of coordinates inside a wide vector, ascending, seen as one narrow vector.
///
/// @param starts where each stretch begins in the wide vector
/// @param lengths how long each is
record CoordinateRanges(int[] starts, int[] lengths) {

  /// The length of the narrow vector.
  int size() {
    return Arrays.stream(lengths).sum();
  }

  /// narrow ← wide.
  void gather(float[] wide, float[] narrow) {
    int position = 0;
    for (int r = 0; r < starts.length; r++) {
      System.arraycopy(wide, starts[r], narrow, position, lengths[r]);
      position += lengths[r];
    }
  }

  /// wide ← narrow; what lies between the stretches is left alone.
  void scatter(float[] narrow, float[] wide) {
    int position = 0;
    for (int r = 0; r < starts.length; r++) {
      System.arraycopy(narrow, position, wide, starts[r], lengths[r]);
      position += lengths[r];
    }
  }

  /// The narrow indices of those wide ones that lie in a stretch; both ascending.
  int[] narrow(int[] wide) {
    int[] narrow = new int[wide.length];
    int count = 0;
    int position = 0;
    int next = 0;
    for (int r = 0; r < starts.length; r++) {
      while (next < wide.length && wide[next] < starts[r]) {
        next++;
      }
      for (; next < wide.length && wide[next] < starts[r] + lengths[r]; next++) {
        narrow[count++] = position + wide[next] - starts[r];
      }
      position += lengths[r];
    }
    return Arrays.copyOf(narrow, count);
  }
}
