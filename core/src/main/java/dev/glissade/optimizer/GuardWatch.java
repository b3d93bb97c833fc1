package dev.glissade.optimizer;

import dev.glissade.internal.Vectors;

/// What a [Guarded] optimizer knows of the one that it watches: numbers, and what they say. A
/// *trial* is a number of steps that the watched optimizer makes in a row.
///
/// @param numbers live, `float[SIZE]`
@SuppressWarnings({"ArrayRecordComponent", "EnumOrdinal"}) // live, as states are; indices
record GuardWatch(float[] numbers) {

  /// How much of a new loss goes into the smoothed one.
  private static final double SMOOTHING = 0.5;

  /// How much of the sums over the last steps is kept from step to step.
  private static final double KEPT = 0.7;

  /// The share of all that was gained whose loss is a failure.
  private static final double LOST = 0.5;

  /// The share of it that may be lost when the optimizer has failed before.
  private static final double LOST_AGAIN = 0.1;

  /// The share of a trial's steps without a lower loss that is a failure.
  private static final double STALLED = 0.5;

  /// How many times the noise the smoothed loss may be above the lowest by chance.
  private static final double CHANCE = 5;

  /// How much of a new excess goes into the noise, at least.
  private static final double NOISE_RATE = 0.1;

  /// The share of what was gained from which the noise is such that slopes tell more than losses.
  private static final double NOISY = 1e-3;

  /// The number of steps of the exam.
  private static final int EXAM = 10;

  /// The numbers of steps up to which short steps are a failure: where it is not straight along
  /// them, too, and where it is.
  private static final int EARLY = 7;

  private static final int YOUNG = 30;

  /// The least number of steps that are judged by their lengths, and by whether they leap.
  private static final int FEWEST = 2;

  private static final int FEWEST_LEAPS = 4;

  /// How steeply it goes up after updates that leap, as a share of the slope before them: in the
  /// exam, and in a longer time.
  private static final double LEAPT = 0.8;

  private static final double OVERSHOT = 0.25;

  /// Steps are short if their length is below this share of the fallback's.
  private static final double SHORT = 0.2;

  /// Early ones are if it is below this share, once for the slope that is left after updates and
  /// once for half of that before them.
  private static final double SHORT_EARLY = 0.18;

  /// The share of the slope left after updates from which the function is straight along them.
  private static final double STRAIGHT = 0.5;

  /// The share of the fallback's fall by the slope below which updates are timid under noise.
  private static final double TIMID = 0.15;

  /// The share of what was gained below which there is nothing left to be had but rounding.
  private static final double ROUNDING = 1e-7;

  /// The numbers that are kept.
  private enum Quantity {
    /// The smoothed loss, the lowest since the trial began, and that where the fallback would go
    /// on.
    SMOOTHED,
    LOWEST,
    SAVED,
    /// The loss at the start of the run, and a step ago.
    START,
    LAST,
    /// The number of steps of the trial, and of those since the lowest loss.
    TRIED,
    SINCE,
    /// By how much the slope along the last update says that the loss falls; the same of the
    /// fallback's update.
    BEFORE,
    BEFORE_FALLBACK,
    /// Sums over the last steps of these, and of the slopes after updates.
    SUM_BEFORE,
    SUM_BEFORE_FALLBACK,
    SUM_AFTER,
    /// Sums over the last steps of the lengths of updates, and of the fallback's.
    LENGTH,
    LENGTH_FALLBACK,
    /// Sums of slopes before and after updates since the lowest loss.
    BEFORE_SINCE,
    AFTER_SINCE,
    /// The same over the whole trial.
    BEFORE_ALL,
    AFTER_ALL,
    /// By how much the loss changes beyond what slopes explain.
    NOISE
  }

  /// How many numbers there are.
  static final int SIZE = Quantity.values().length;

  private double get(Quantity number) {
    return numbers[number.ordinal()];
  }

  private void set(Quantity number, double value) {
    numbers[number.ordinal()] = (float) Math.clamp(value, -Float.MAX_VALUE, Float.MAX_VALUE);
  }

  private void add(Quantity number, double value) {
    set(number, get(number) + value);
  }

  private void sum(Quantity number, double value) {
    set(number, KEPT * get(number) + value);
  }

  /// The number of steps of the trial so far.
  int tried() {
    return (int) get(Quantity.TRIED);
  }

  /// The smoothed loss where the fallback would go on.
  double saved() {
    return get(Quantity.SAVED);
  }

  /// Sees the loss of a new point.
  ///
  /// @param first whether it is that at the start of the run
  void see(double loss, boolean first) {
    if (first) {
      set(Quantity.START, loss);
    }
    set(Quantity.LAST, loss);
    double before = first ? loss : get(Quantity.SMOOTHED);
    set(Quantity.SMOOTHED, before + SMOOTHING * (loss - before));
  }

  /// Compares the loss with the lowest of the trial.
  ///
  /// @return whether the fallback would go on from here from now on: where a trial begins, and
  ///   after the exam where the loss is the lowest
  boolean isToBeSaved() {
    double smoothed = get(Quantity.SMOOTHED);
    boolean begins = tried() == 0;
    if (!begins && smoothed >= get(Quantity.LOWEST)) {
      add(Quantity.SINCE, 1);
      return false;
    }
    set(Quantity.LOWEST, smoothed);
    set(Quantity.SINCE, 0);
    set(Quantity.BEFORE_SINCE, 0);
    set(Quantity.AFTER_SINCE, 0);
    boolean saved = begins || tried() > EXAM;
    if (saved) {
      set(Quantity.SAVED, smoothed);
    }
    return saved;
  }

  /// Looks ahead along the update that is made, and along the one that is not.
  void lookAhead(float[] gradient, float[] update, float[] fallback) {
    double before = descent(gradient, update);
    double beforeFallback = descent(gradient, fallback);
    add(Quantity.TRIED, 1);
    set(Quantity.BEFORE, before);
    set(Quantity.BEFORE_FALLBACK, beforeFallback);
    sum(Quantity.SUM_BEFORE, before);
    sum(Quantity.SUM_BEFORE_FALLBACK, beforeFallback);
    sum(Quantity.LENGTH, Vectors.norm(update));
    sum(Quantity.LENGTH_FALLBACK, Vectors.norm(fallback));
  }

  /// Looks back along the update that was made, from where it led to, before that loss is seen.
  void lookBack(double loss, float[] gradient, float[] update) {
    double before = get(Quantity.BEFORE);
    double after = descent(gradient, update);
    sum(Quantity.SUM_AFTER, after);
    add(Quantity.BEFORE_SINCE, before);
    add(Quantity.AFTER_SINCE, after);
    add(Quantity.BEFORE_ALL, before);
    add(Quantity.AFTER_ALL, after);
    double unexplained = Math.abs(loss - get(Quantity.LAST) + (before + after) / 2);
    double excess = Math.max(unexplained - (Math.abs(before) + Math.abs(after)) / 2, 0);
    double share = Math.max(NOISE_RATE, 1.0 / tried());
    add(Quantity.NOISE, share * (excess - get(Quantity.NOISE)));
  }

  /// Ends the trial, and goes back to where the fallback goes on.
  void goBack() {
    set(Quantity.SMOOTHED, get(Quantity.SAVED));
    for (Quantity number : Quantity.values()) {
      switch (number) {
        case SMOOTHED, LOWEST, SAVED, START, LAST, NOISE -> {}
        case TRIED, SINCE, BEFORE, BEFORE_FALLBACK, SUM_BEFORE, SUM_BEFORE_FALLBACK, SUM_AFTER ->
            set(number, 0);
        case LENGTH, LENGTH_FALLBACK, BEFORE_SINCE, AFTER_SINCE, BEFORE_ALL, AFTER_ALL ->
            set(number, 0);
      }
    }
  }

  /// Whether it is time for the fallback.
  ///
  /// @param patience how many steps without a lower loss are borne at least
  /// @param again whether the optimizer has failed before
  boolean fails(int patience, boolean again) {
    // One loss far above, of a trial that is taken back, does not count.
    double above = Math.min(get(Quantity.SMOOTHED), get(Quantity.LAST)) - get(Quantity.LOWEST);
    boolean chance = above < CHANCE * get(Quantity.NOISE);
    boolean lost = above >= (again ? LOST_AGAIN : LOST) * gained();
    return (!chance && lost && get(Quantity.SINCE) >= (again ? 1 : patience))
        || (stalls(patience)
            && (!chance || overshoots(Quantity.BEFORE_SINCE, Quantity.AFTER_SINCE)))
        || (tried() <= EARLY ? creeps() : crawls())
        || (tried() <= EXAM ? leaps() : isNoisy() && drifts());
  }

  private double gained() {
    return get(Quantity.START) - get(Quantity.LOWEST);
  }

  private boolean isNoisy() {
    return get(Quantity.NOISE) > NOISY * gained();
  }

  /// Whether the loss has not been lower for long, though steps are not short. One that has come to
  /// rest is left alone: it may stand where nothing is left to be had, as at a kink.
  private boolean stalls(int patience) {
    return get(Quantity.SINCE) >= Math.max(2.0 * patience, STALLED * tried())
        && get(Quantity.LENGTH) >= SHORT * get(Quantity.LENGTH_FALLBACK);
  }

  /// Whether updates led to where it goes up.
  private boolean overshoots(Quantity before, Quantity after) {
    return get(after) < -OVERSHOT * get(before);
  }

  /// Whether steps are far shorter than the fallback's, the more so the less straight it is along
  /// them: the nearer they come to the lowest point in their direction, the shorter they may be.
  private boolean creeps() {
    double before = get(Quantity.SUM_BEFORE);
    double straight = get(Quantity.SUM_AFTER) + STRAIGHT * before;
    return tried() >= FEWEST
        && before > 0
        && isMoreToBeHad()
        && get(Quantity.LENGTH) * before < SHORT_EARLY * straight * get(Quantity.LENGTH_FALLBACK);
  }

  /// Whether updates lead to the other side of the valley, about as high as they came from.
  private boolean leaps() {
    double before = get(Quantity.SUM_BEFORE);
    return tried() >= FEWEST_LEAPS && before > 0 && get(Quantity.SUM_AFTER) < -LEAPT * before;
  }

  /// Whether steps have become far shorter than the fallback's though it is straight along them.
  private boolean crawls() {
    return tried() <= YOUNG
        && isMoreToBeHad()
        && get(Quantity.SUM_AFTER) >= STRAIGHT * get(Quantity.SUM_BEFORE)
        && get(Quantity.LENGTH) < SHORT * get(Quantity.LENGTH_FALLBACK);
  }

  /// Whether slopes say, where noise hides the loss, that updates overshoot all in all, or are
  /// timid: straight, and not nearly as steep as the fallback's.
  private boolean drifts() {
    return overshoots(Quantity.BEFORE_ALL, Quantity.AFTER_ALL)
        || (get(Quantity.SUM_AFTER) >= STRAIGHT * get(Quantity.SUM_BEFORE)
            && get(Quantity.SUM_BEFORE) < TIMID * get(Quantity.SUM_BEFORE_FALLBACK));
  }

  /// Whether the fallback's update promises more than rounding.
  private boolean isMoreToBeHad() {
    return get(Quantity.BEFORE_FALLBACK) > ROUNDING * gained();
  }

  private static double descent(float[] gradient, float[] update) {
    double sum = 0;
    for (int i = 0; i < update.length; i++) {
      sum -= (double) gradient[i] * update[i];
    }
    return sum;
  }
}
