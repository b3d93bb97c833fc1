package dev.glissade.check;

/// A count of what was tried of one aspect, by one thread, and the worst that was met.
final class Tally {

  private final Aspect aspect;
  private long tried;
  private long kinks;
  private long undecided;
  private double worst = Double.NaN;
  private Verdict verdict = Verdict.SOUND;
  private String detail = "";
  private boolean exact; // the detail names one coordinate
  private long faults;

  Tally(Aspect aspect) {
    this.aspect = aspect;
  }

  void tried(long more) {
    tried += more;
  }

  void kink() {
    kinks++;
  }

  void undecided() {
    undecided++;
  }

  /// Remembers a figure if it is the worst so far.
  void figure(double value) {
    worst = Double.isNaN(worst) ? value : Math.max(worst, value);
  }

  /// Remembers what is wrong or odd, as far as it is known where.
  void complain(Verdict how, double value, String what) {
    faults++;
    remember(how, value, what, false);
  }

  /// Remembers that one coordinate is wrong, which is worth more than to know that some are.
  void complainOfOne(double value, String what) {
    faults++;
    remember(Verdict.WRONG, value, what, true);
  }

  /// The worst is told; among equals, what names a coordinate, and of those the largest figure.
  private void remember(Verdict how, double value, String what, boolean one) {
    boolean worse = how.compareTo(verdict) > 0;
    boolean clearer = one && !exact;
    boolean larger = one == exact && (detail.isEmpty() || value > worst);
    if (worse || (how == verdict && (clearer || larger))) {
      detail = what;
      exact = one;
    }
    verdict = verdict.worse(how);
    figure(value);
  }

  boolean isWrong() {
    return verdict == Verdict.WRONG;
  }

  /// Adds what another thread has counted.
  void add(Tally other) {
    tried += other.tried;
    kinks += other.kinks;
    undecided += other.undecided;
    faults += other.faults;
    if (other.detail.isEmpty()) {
      if (!Double.isNaN(other.worst)) {
        figure(other.worst);
      }
    } else {
      remember(other.verdict, other.worst, other.detail, other.exact);
    }
  }

  Finding finding() {
    return new Finding(aspect, verdict, tried, faults, kinks, undecided, worst, detail);
  }
}
