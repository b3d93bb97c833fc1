package dev.glissade.optimizer;

import dev.glissade.internal.Vectors;

/// What a [Guarded] optimizer knows of the one that it watches: numbers, and what they say. A
/// *trial* is a number of steps that the watched optimizer makes in a row.
///
/// @param numbers live, `float[SIZE]`
@SuppressWarnings({"ArrayRecordComponent", "EnumOrdinal"}) // live, as states are; indices
record GuardWatch(float[] numbers) {

  /// How much of the sums over the last steps is kept from step to step.
  private static final double KEPT = 0.7;

  /// A small share of what was gained.
  private static final double LITTLE = 0.1;

  /// How many times the noise a loss may be above the lowest by chance.
  private static final double CHANCE = 8;

  /// How many times the noise a promise is to be, to be one.
  private static final double CLEAR = 3;

  /// How much of a new excess goes into the noise, at least.
  private static final double NOISE_RATE = 0.1;

  /// The number of steps of the exam, and of those in which what is gained is compared with what
  /// the fallback promises.
  private static final int EXAM = 10;

  private static final int YOUNG = 3 * EXAM;

  /// How steeply it goes up after updates that leap, as a share of the slope before them.
  private static final double LEAPT = 0.8;

  /// Steps are short below this share of the fallback's, where the slope after them is half of that
  /// before, and if they gain less than this share of what the fallback promises: in the exam, in
  /// which one may begin carefully, and after it.
  private static final double SHORT_IN_EXAM = 0.3;

  private static final double SHORT = 0.4;

  /// How many times more than what is gained the fallback may promise.
  private static final double POOR = 6;

  /// How many times as long as the fallback's steps are that lead far away.
  private static final double FAR = 8;

  /// How far second derivatives are from symmetric, from 0 to 1, where slopes are rough, and how
  /// much of what was seen of that is kept from step to step.
  private static final double ROUGH = 0.3;

  private static final double KEPT_ROUGHNESS = 0.9;

  /// The numbers that are kept.
  private enum Quantity {
    /// The loss at the start of the run, at the last step, the lowest since the trial began, and
    /// that where the fallback would go on.
    START,
    LAST,
    LOWEST,
    SAVED,
    /// The number of steps of the trial, of those since the lowest loss, and of those in a row at
    /// which too much was lost or steps were short.
    TRIED,
    SINCE,
    BAD,
    /// By how much the slope along the last update says that the loss falls, before and after it;
    /// the same of the fallback's update, before it, and what is credible of that.
    BEFORE,
    AFTER,
    PROMISE,
    CREDIBLE,
    /// Sums over the last steps of slopes before and after updates, and of what was credible.
    SUM_BEFORE,
    SUM_PROMISE,
    SUM_AFTER,
    /// The sum over the last steps of by how much a promise differs from what is left of it after
    /// the update.
    BROKEN,
    /// The change of the slope along the last update by the one before it; sums of by how much that
    /// differs from the change by the last along the one before, and of the size of both.
    BEND,
    ASYMMETRY,
    BENDS,
    /// Sums over the last steps of the lengths of updates, and of the fallback's.
    LENGTH,
    LENGTH_FALLBACK,
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

  private void grow(Quantity number, double value) {
    set(number, KEPT_ROUGHNESS * get(number) + value);
  }

  /// The number of steps of the trial.
  int tried() {
    return (int) get(Quantity.TRIED);
  }

  /// The loss where the fallback would go on.
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
  }

  /// Compares the loss with the lowest of the trial.
  ///
  /// @return whether the fallback would go on from here from now on: where a trial begins, and
  ///   after the exam where the loss is the lowest; while it is young only if updates led here that
  ///   did not pass the lowest point along them
  boolean isToBeSaved() {
    boolean begins = tried() == 0;
    if (!begins && above() >= 0) {
      add(Quantity.SINCE, 1);
      return false;
    }
    set(Quantity.LOWEST, get(Quantity.LAST));
    set(Quantity.SINCE, 0);
    boolean isSafe = tried() > YOUNG || get(Quantity.SUM_AFTER) > 0;
    boolean saved = begins || (tried() > EXAM && isSafe);
    if (saved) {
      set(Quantity.SAVED, get(Quantity.LAST));
    }
    return saved;
  }

  /// Looks ahead along the update that is made, and along the one that is not.
  ///
  /// @param last its update is made; its gradient is that of the step before
  void lookAhead(float[] gradient, float[] fallback, Guarded.Step last) {
    float[] update = last.update();
    add(Quantity.TRIED, 1);
    set(Quantity.BEFORE, descent(gradient, update));
    set(Quantity.PROMISE, descent(gradient, fallback));
    set(Quantity.BEND, descent(last.gradient(), update) - get(Quantity.BEFORE));
    double length = Vectors.norm(update);
    if (moves(length)) {
      sum(Quantity.LENGTH, length);
      sum(Quantity.LENGTH_FALLBACK, Vectors.norm(fallback));
    }
  }

  /// Whether a step of that length counts: one may look around before it begins.
  private boolean moves(double length) {
    return length > 0 || tried() >= EXAM;
  }

  /// Looks back along the update that was made, from where it led to, before that loss is seen.
  void lookBack(double loss, float[] gradient, Guarded.Step last) {
    double before = get(Quantity.BEFORE);
    double after = descent(gradient, last.update());
    if (tried() > 1) {
      double bend = get(Quantity.AFTER) - descent(gradient, last.updateBefore());
      grow(Quantity.ASYMMETRY, Math.abs(get(Quantity.BEND) - bend));
      grow(Quantity.BENDS, Math.abs(get(Quantity.BEND)) + Math.abs(bend));
    }
    set(Quantity.AFTER, after);
    sum(Quantity.SUM_BEFORE, before);
    sum(Quantity.SUM_AFTER, after);
    double still = descent(gradient, last.offered());
    sum(Quantity.BROKEN, Math.abs(get(Quantity.PROMISE) - still));
    set(Quantity.CREDIBLE, credible(still));
    if (moves(Vectors.norm(last.update()))) {
      sum(Quantity.SUM_PROMISE, get(Quantity.CREDIBLE));
    }
    double unexplained = Math.abs(loss - get(Quantity.LAST) + (before + after) / 2);
    double excess = Math.max(unexplained - (Math.abs(before) + Math.abs(after)) / 2, 0);
    double share = Math.max(NOISE_RATE, 1.0 / tried());
    add(Quantity.NOISE, share * (excess - get(Quantity.NOISE)));
  }

  /// What is credible of the fallback's promise: all of it where slopes can be trusted, else no
  /// more than its update still promises by the next gradient, which did not know of it, nor than
  /// is left on a parabola with the least curvature that is possible. By the inequality of Cauchy
  /// and Schwarz, (uᵀHv)² ≤ uᵀHu·vᵀHv, and H·u is how the gradient changed.
  ///
  /// @param still what the fallback's update promises after the one that was made
  private double credible(double still) {
    double promise = get(Quantity.PROMISE);
    if (promise <= 0 || !isRough()) {
      return promise;
    }
    double credible = Math.min(promise, Math.max(0, still));
    double along = get(Quantity.BEFORE) - get(Quantity.AFTER); // uᵀHu
    if (along <= 0) {
      return credible;
    }
    double usual = (1 - KEPT) * get(Quantity.BROKEN); // by chance it may be kept once
    double broken = Math.max(Math.abs(promise - still), usual);
    double curvature = broken * broken / along;
    double best =
        curvature <= promise ? promise - curvature / 2 : promise * promise / (2 * curvature);
    return Math.min(credible, best);
  }

  /// Whether slopes are not those of one smooth function.
  private boolean isRough() {
    return get(Quantity.ASYMMETRY) > ROUGH * get(Quantity.BENDS);
  }

  /// Ends the trial, and goes back to where the fallback goes on.
  void goBack() {
    for (Quantity number : Quantity.values()) {
      switch (number) {
        case START, LAST, LOWEST, SAVED, NOISE -> {}
        case TRIED, SINCE, BAD, BEFORE, AFTER, PROMISE, CREDIBLE -> set(number, 0);
        case SUM_BEFORE, SUM_PROMISE, SUM_AFTER, LENGTH, LENGTH_FALLBACK -> set(number, 0);
        case BROKEN, BEND, ASYMMETRY, BENDS -> set(number, 0);
      }
    }
  }

  /// Whether it is time for the fallback.
  ///
  /// @param patience the number of steps in a row at which it is a failure to creep, or, if it is a
  ///   third of the trial at least, to lose too much
  /// @param again whether the optimizer has failed before
  boolean fails(int patience, boolean again) {
    boolean loses = loses(again);
    boolean bad = loses || (promises(LITTLE * LITTLE) && creeps());
    boolean isBeginning = loses && tried() <= EXAM && lastGain() > 0;
    if (!isBeginning) {
      set(Quantity.BAD, bad ? get(Quantity.BAD) + 1 : 0);
    }
    int firstTime = loses ? Math.max(patience, tried() / 3) : patience;
    return get(Quantity.BAD) >= (again ? 1 : firstTime)
        || (2 * tried() >= EXAM && tried() <= EXAM && leaps())
        || (promises(LITTLE) && isPoor(patience))
        || (promises(LITTLE * LITTLE) && stalls())
        || wanders()
        || drifts();
  }

  private double gained() {
    return get(Quantity.START) - get(Quantity.LOWEST);
  }

  /// What slopes say that the last step gained.
  private double lastGain() {
    return (get(Quantity.BEFORE) + get(Quantity.AFTER)) / 2;
  }

  private double above() {
    return get(Quantity.LAST) - get(Quantity.LOWEST);
  }

  private boolean isChance() {
    return above() < CHANCE * get(Quantity.NOISE);
  }

  /// Whether too much of what was gained is lost.
  private boolean loses(boolean again) {
    return get(Quantity.SINCE) > 0 && !isChance() && above() > (again ? LITTLE : 0.5) * gained();
  }

  /// Whether updates lead to the other side of the valley, about as high as they came from: more
  /// than the last of them, which the next may take back, and which alone may outweigh the sums.
  /// The first that leads away from the lowest point is waited for.
  private boolean leaps() {
    double after = get(Quantity.SUM_AFTER);
    return after < -LEAPT * get(Quantity.SUM_BEFORE)
        && after < get(Quantity.AFTER)
        && get(Quantity.SINCE) != 1;
  }

  /// Whether the fallback's next step alone promises so large a share of all that was gained, and
  /// so much that it is no noise: with minibatches it promises something at every step.
  private boolean promises(double share) {
    double promise = get(Quantity.CREDIBLE);
    return promise > share * gained() && promise > CLEAR * get(Quantity.NOISE);
  }

  /// Whether steps are far shorter than the fallback's, the more so the less straight it is along
  /// them: the nearer they come to the lowest point in their direction, the shorter they may be.
  /// What gains little less than the fallback promises is not too short.
  private boolean creeps() {
    double share = tried() <= EXAM ? SHORT_IN_EXAM : SHORT;
    double before = get(Quantity.SUM_BEFORE);
    double straight = Math.max(0, get(Quantity.SUM_AFTER) + before / 2);
    return get(Quantity.LENGTH) * before < share * straight * get(Quantity.LENGTH_FALLBACK)
        && lastGain() < share * get(Quantity.CREDIBLE);
  }

  /// Whether slopes say that far less is gained than the fallback promises. A step that leads away
  /// from the lowest point may be taken back by the next ones.
  private boolean isPoor(int patience) {
    double gain = (get(Quantity.SUM_BEFORE) + get(Quantity.SUM_AFTER)) / 2;
    boolean isAway = get(Quantity.SINCE) > 0 && get(Quantity.SINCE) < patience;
    return tried() >= EXAM
        && tried() <= YOUNG
        && !isAway
        && !isBack()
        && POOR * gain < get(Quantity.SUM_PROMISE);
  }

  /// Whether the last step took back a leap, and led to a new lowest point: what the fallback
  /// promised from up there is no measure.
  private boolean isBack() {
    return get(Quantity.SINCE) == 0
        && get(Quantity.SUM_AFTER) < 0
        && POOR * lastGain() >= get(Quantity.CREDIBLE);
  }

  /// Whether the loss has not been lower for a third of the trial, though steps are as long as the
  /// fallback's.
  private boolean stalls() {
    return isLate()
        && get(Quantity.LENGTH) >= get(Quantity.LENGTH_FALLBACK)
        && (!isChance() || leaps());
  }

  /// Whether the loss has not been lower for a third of the trial, and a tenth of what was gained
  /// is lost, be it by chance, though steps lead far away, and the fallback sees a way down.
  private boolean wanders() {
    return isLate()
        && get(Quantity.LENGTH) >= FAR * get(Quantity.LENGTH_FALLBACK)
        && above() > LITTLE * gained()
        && get(Quantity.PROMISE) > LITTLE * LITTLE * gained();
  }

  /// Whether for as long a little of what was gained is lost, and neither noise nor minibatches
  /// explain it.
  private boolean drifts() {
    return isLate() && !isChance() && !isRough() && above() > LITTLE * LITTLE * gained();
  }

  private boolean isLate() {
    return get(Quantity.SINCE) >= Math.max(EXAM, tried() / 3);
  }

  private static double descent(float[] gradient, float[] update) {
    double sum = 0;
    for (int i = 0; i < update.length; i++) {
      sum -= (double) gradient[i] * update[i];
    }
    return sum;
  }
}
