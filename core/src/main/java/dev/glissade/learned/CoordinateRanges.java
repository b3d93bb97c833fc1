package dev.glissade.learned;

import java.util.Arrays;

/// Stretches of coordinates inside a wide vector, ascending, seen as one narrow vector.
///
/// @param starts where each stretch begins in the wide vector
/// @param lengths how long each is
@SuppressWarnings("ArrayRecordComponent") // inside this package only, and never changed
record CoordinateRanges(int[] starts, int[] lengths) {

  /// The one stretch that is the whole of a vector.
  static CoordinateRanges all(int size) {
    return new CoordinateRanges(new int[] {0}, new int[] {size});
  }

  /// Whether these are all coordinates of a wide vector of this length.
  boolean isAll(int size) {
    return starts.length == 1 && starts[0] == 0 && lengths[0] == size;
  }

  /// The length of the narrow vector.
  int size() {
    return Arrays.stream(lengths).sum();
  }

  /// Copies from the wide vector to the narrow one.
  void gather(float[] wide, float[] narrow) {
    int position = 0;
    for (int r = 0; r < starts.length; r++) {
      System.arraycopy(wide, starts[r], narrow, position, lengths[r]);
      position += lengths[r];
    }
  }

  /// Copies from the narrow vector to the wide one; what lies between the stretches is left alone.
  void scatter(float[] narrow, float[] wide) {
    int position = 0;
    for (int r = 0; r < starts.length; r++) {
      System.arraycopy(narrow, position, wide, starts[r], lengths[r]);
      position += lengths[r];
    }
  }

  /// The narrow indices of those wide indices that lie in a stretch; both ascending.
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

  /// The wide indices of some narrow indices; both ascending.
  int[] wide(int[] narrow) {
    if (starts.length == 1 && starts[0] == 0) {
      return narrow;
    }
    int[] wide = new int[narrow.length];
    int position = 0;
    int next = 0;
    for (int r = 0; r < starts.length; r++) {
      for (; next < narrow.length && narrow[next] < position + lengths[r]; next++) {
        wide[next] = starts[r] + narrow[next] - position;
      }
      position += lengths[r];
    }
    return wide;
  }

  /// Stretches of the narrow vector as stretches of the wide one.
  CoordinateRanges restrict(CoordinateRanges inner) {
    if (starts.length == 1 && starts[0] == 0) {
      return inner;
    }
    int[] newStarts = new int[starts.length + inner.starts.length];
    int[] newLengths = new int[newStarts.length];
    int count = 0;
    int position = 0; // of stretch r in the narrow vector
    int r = 0;
    for (int i = 0; i < inner.starts.length; i++) {
      int from = inner.starts[i];
      int end = from + inner.lengths[i];
      while (from < end) {
        while (position + lengths[r] <= from) {
          position += lengths[r++];
        }
        int to = Math.min(end, position + lengths[r]);
        newStarts[count] = starts[r] + from - position;
        newLengths[count++] = to - from;
        from = to;
      }
    }
    return new CoordinateRanges(Arrays.copyOf(newStarts, count), Arrays.copyOf(newLengths, count));
  }
}
