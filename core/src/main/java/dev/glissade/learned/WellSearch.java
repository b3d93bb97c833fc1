package dev.glissade.learned;

import java.util.List;

/// Looks for a lower well from the bottom of one, where wells lie at equal distances along the
/// coordinates, as the waves of a regular function make them. All trials start from that bottom:
///
/// 1. *How far to the next well?* All coordinates together go the length ℓ, which Newton's method
///    corrects until the slope is that of a bottom again.
/// 2. *What lies there?* Each coordinate alone goes −ℓ. At whole lengths waves are as high as here,
///    so that losses tell of the bowl below them: rises rᵢ, and with the rise r of all together its
///    curvature, c = (r + Σ rᵢ)/N, a length being the unit.
/// 3. *A jump to the lowest well of that bowl*, as if it were round: round(rᵢ/c − ½) lengths along
///    each coordinate. One that does not get lower is halved, and at last the best of the second
///    step's trials is taken.
///
/// It is a pattern search with a length that is found, and it makes N + 3 evaluations or so.
///
/// References: R. Hooke and T. Jeeves, *"Direct search" solution of numerical and statistical
/// problems*, Journal of the ACM 8, 1961.
@SuppressWarnings("EnumOrdinal") // live, as states are; an index
final class WellSearch {

  /// The trials that a length may take, and the change, relative to it, at which it is found.
  private static final int MOST_TRIALS = 12;

  private static final double ENOUGH = 0.02;

  /// A length that goes out of this range about what it started from starts anew, so much longer.
  private static final double RANGE = 2;

  private static final double LONGER = 1.4;

  /// The most lengths that a coordinate jumps.
  private static final int FARTHEST = 10;

  /// What is known when a trial has been made.
  enum Outcome {
    /// Another trial is to be made.
    GO_ON,

    /// The trial is in a lower well.
    LOWER,

    /// No lower well was found.
    NONE
  }

  private enum Stage {
    OFF,
    LENGTH,
    SIDES,
    JUMP
  }

  private final float[] stage; // its index, [1]
  private final float[] length; // ℓ, and what it started from, [2]
  private final float[] trials; // of this stage so far, [1]
  private final float[] sum; // r + Σ rᵢ so far, [1]
  private final float[] rises; // rᵢ, [N]
  private final float[] jump; // in lengths, [N]

  WellSearch(int size) {
    stage = new float[1];
    length = new float[2];
    trials = new float[1];
    sum = new float[1];
    rises = new float[size];
    jump = new float[size];
  }

  /// The arrays that make up the search.
  List<float[]> arrays() {
    return List.of(stage, length, trials, sum, rises, jump);
  }

  /// Whether a search has begun and not ended.
  boolean isOn() {
    return !is(Stage.OFF);
  }

  /// Whether there has been a search.
  boolean hasBegun() {
    return length[0] != 0;
  }

  /// Begins a search with the length that the last one found, if there was one.
  ///
  /// @param first the length to start from otherwise, > 0
  void begin(double first) {
    length[0] = hasBegun() ? length[0] : (float) first;
    length[1] = length[0];
    enter(Stage.LENGTH);
  }

  /// How far a coordinate of the trial is from the bottom where the search began.
  double distance(int coordinate) {
    if (is(Stage.LENGTH)) {
      return length[0];
    }
    if (is(Stage.SIDES)) {
      return coordinate == (int) trials[0] ? -length[0] : 0;
    }
    return (double) length[0] * jump[coordinate];
  }

  /// Learns from a trial.
  ///
  /// @param rise its loss above that of the bottom
  /// @param slope along all coordinates together, Σ ∂f/∂θₙ
  /// @param curvature along them, > 0
  Outcome judge(double rise, double slope, double curvature) {
    return switch (Stage.values()[(int) stage[0]]) {
      case OFF -> throw new IllegalStateException("no search has begun");
      case LENGTH -> correct(rise, slope, curvature);
      case SIDES -> compare(rise);
      case JUMP -> rise < 0 ? end(Outcome.LOWER) : jumpLess();
    };
  }

  /// Waves do not rise above the parabola that they touch at the bottom: what does is something
  /// else.
  private Outcome correct(double rise, double slope, double curvature) {
    double correction = -slope / curvature;
    double parabola = 0.5 * curvature * length[0] * length[0];
    boolean found = Math.abs(correction) < ENOUGH * length[0];
    if (!found && (++trials[0] == MOST_TRIALS || rise > parabola)) {
      return end(Outcome.NONE);
    }
    length[0] += (float) correction;
    if (found) {
      enter(Stage.SIDES);
      sum[0] = (float) rise;
    } else if (!(length[0] > length[1] / RANGE && length[0] < length[1] * RANGE)) {
      length[1] *= (float) LONGER;
      length[0] = length[1];
    }
    return Outcome.GO_ON;
  }

  private Outcome compare(double rise) {
    rises[(int) trials[0]++] = (float) rise;
    sum[0] += (float) rise;
    if (trials[0] < rises.length) {
      return Outcome.GO_ON;
    }
    double bowl = (double) sum[0] / rises.length;
    enter(Stage.JUMP);
    for (int n = 0; n < jump.length; n++) {
      double lengths = bowl > 0 ? Math.rint(rises[n] / bowl - 0.5) : 0;
      jump[n] = (float) Math.clamp(lengths, -FARTHEST, FARTHEST);
    }
    return jumpOrEnd();
  }

  private Outcome jumpLess() {
    for (int n = 0; n < jump.length; n++) {
      int half = (int) jump[n] / 2;
      jump[n] = half;
    }
    return jumpOrEnd();
  }

  /// Makes the jump if it is one; else, once, that to the lowest of the wells that were seen.
  private Outcome jumpOrEnd() {
    for (float lengths : jump) {
      if (lengths != 0) {
        return Outcome.GO_ON;
      }
    }
    int best = 0;
    for (int n = 1; n < rises.length; n++) {
      best = rises[n] < rises[best] ? n : best;
    }
    if (trials[0]++ > 0 || rises[best] >= 0) {
      return end(Outcome.NONE);
    }
    jump[best] = -1;
    return Outcome.GO_ON;
  }

  private boolean is(Stage other) {
    return stage[0] == other.ordinal();
  }

  private void enter(Stage next) {
    stage[0] = next.ordinal();
    trials[0] = 0;
  }

  private Outcome end(Outcome outcome) {
    enter(Stage.OFF);
    return outcome;
  }
}
