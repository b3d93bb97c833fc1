package dev.glissade.check;

import dev.glissade.TwiceDifferentiable;
import dev.glissade.Workers;
import java.util.Arrays;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;
import java.util.random.RandomGenerator;

/// Checks what a member promises besides derivatives: how it starts, what it does to its input and
/// output, and whether it remembers anything.
final class Conduct {

  private static final int DRAWS = 4;

  /// How long two threads work at once, in nanoseconds.
  private static final long TOGETHER = 5_000_000;

  private final Member member;
  private final float[] start;

  /// @param start θ₀ of the member
  Conduct(Member member, float[] start) {
    this.member = member;
    this.start = start.clone();
  }

  /// Whether θ₀ fits, is fresh, and always the same.
  static boolean starts(Member member, Tally tally) {
    tally.tried(3);
    float[] first = member.objective().initialParameters();
    if (first.length != member.size()) {
      tally.complain(
          Verdict.WRONG,
          0,
          "%s: initialParameters gives %s elements, the layout has %s"
              .formatted(member.where(), first.length, member.size()));
      return false;
    }
    float[] copy = first.clone();
    Arrays.fill(first, Float.NaN);
    float[] second = member.objective().initialParameters();
    if (!Arrays.equals(second, copy)) {
      tally.complain(
          Verdict.WRONG,
          0,
          "%s: initialParameters must give a fresh copy of the same numbers at each call"
              .formatted(member.where()));
      return false;
    }
    return true;
  }

  /// Whether loss and gradient are finite at the start.
  void finite(Tally tally) {
    int bad = 0;
    for (int draw = 0; draw < DRAWS; draw++) {
      bad += member.evaluate(start, draw).isFinite() ? 0 : 1;
    }
    tally.tried(DRAWS);
    tally.figure((double) bad / DRAWS);
    if (bad > 0) {
      tally.complain(
          bad == DRAWS ? Verdict.WRONG : Verdict.UNCLEAR,
          (double) bad / DRAWS,
          "%s: loss or gradient is NaN or infinite at the start, on %s of %s draws"
              .formatted(member.where(), bad, DRAWS));
    }
  }

  /// Whether equal draws give equal results, in order and backwards, with other calls in between.
  void repeats(Tally tally) {
    float[] elsewhere = start.clone();
    for (int i = 0; i < elsewhere.length; i++) {
      elsewhere[i] += 0.5f;
    }
    Values[] first = new Values[DRAWS];
    for (int draw = 0; draw < DRAWS; draw++) {
      first[draw] = member.evaluate(start, draw);
    }
    member.evaluate(elsewhere, DRAWS);
    for (int draw = DRAWS - 1; draw >= 0; draw--) {
      same(tally, "the same evaluation (draw %s) again".formatted(draw), first[draw], draw);
    }
  }

  /// Compares one more evaluation at the start with what it gave before.
  void same(Tally tally, String what, Values before, long draw) {
    tally.tried(1);
    Values now = member.evaluate(start, draw);
    double distance = before.distance(now);
    tally.figure(distance);
    if (distance != 0) {
      tally.complain(
          Verdict.WRONG,
          distance,
          "%s, at the start: %s gives another result: a loss of %s, before it was %s"
              .formatted(
                  member.where(), what, Counts.number(now.loss()), Counts.number(before.loss())));
    }
  }

  /// Whether outputs are written as a whole, and inputs not at all.
  ///
  /// @param twice whether to try Hessian-vector products, too
  void writes(Tally output, Tally input, boolean twice) {
    writes("the gradient", this::writeGradient, output, input);
    if (twice && member.objective() instanceof TwiceDifferentiable second) {
      float[] vector = new float[start.length];
      RandomGenerator random = member.random("vector");
      for (int i = 0; i < vector.length; i++) {
        vector[i] = random.nextBoolean() ? 1 : -1;
      }
      BiConsumer<float[], float[]> product =
          (theta, out) -> {
            float[] direction = vector.clone();
            second.hessianTimes(theta, 1, direction, out);
            inputs("the vector of hessianTimes", vector, direction, input);
          };
      writes("H·v", product, output, input);
    }
  }

  private void writeGradient(float[] theta, float[] out) {
    member.objective().evaluate(theta, 1, out); // the loss is for other checks
  }

  /// Calls a function with two outputs that are filled with different numbers before.
  private void writes(
      String name, BiConsumer<float[], float[]> function, Tally output, Tally input) {
    RandomGenerator random = member.random("patterns");
    float[][] before = {pattern(random, start.length), pattern(random, start.length)};
    float[][] after = {before[0].clone(), before[1].clone()};
    for (float[] out : after) {
      float[] theta = start.clone();
      function.accept(theta, out);
      inputs("θ", start, theta, input);
    }
    int left = 0;
    int mixed = 0;
    int first = -1;
    for (int i = 0; i < start.length; i++) {
      boolean isLeft = after[0][i] == before[0][i] && after[1][i] == before[1][i];
      boolean isMixed = !isLeft && Float.compare(after[0][i], after[1][i]) != 0;
      left += isLeft ? 1 : 0;
      mixed += isMixed ? 1 : 0;
      first = first < 0 && (isLeft || isMixed) ? i : first;
    }
    output.tried(1);
    double share = (double) (left + mixed) / start.length;
    output.figure(share);
    if (first >= 0) {
      output.complain(
          Verdict.WRONG,
          share,
          "%s: of %s, %s, beginning with %s"
              .formatted(member.where(), name, whatIsLeft(left, mixed), member.coordinate(first)));
    }
  }

  private String whatIsLeft(int left, int mixed) {
    return left > 0
        ? "%s of %s elements are not written".formatted(left, start.length)
        : "%s of %s elements depend on what was there before: overwrite, do not add to it"
            .formatted(mixed, start.length);
  }

  private static float[] pattern(RandomGenerator random, int size) {
    float[] pattern = new float[size];
    for (int i = 0; i < size; i++) {
      pattern[i] = random.nextFloat(1000, 2000);
    }
    return pattern;
  }

  private void inputs(String name, float[] before, float[] after, Tally tally) {
    tally.tried(1);
    tally.figure(0);
    int changed = Arrays.mismatch(before, after);
    if (changed >= 0) {
      tally.complain(
          Verdict.WRONG,
          1,
          "%s: an evaluation changes %s, which it may only read: %s"
              .formatted(member.where(), name, member.coordinate(changed)));
    }
  }

  /// Whether results are the same on two threads at once, which evaluate this member and another.
  ///
  /// @param other of the same problem, perhaps the same member
  void threads(Tally tally, Member other) {
    Values[] expected = new Values[DRAWS];
    Arrays.setAll(expected, draw -> member.evaluate(start, draw));
    double[] largest = new double[2];
    long[] evaluations = new long[2];
    IntConsumer thread =
        t -> {
          long end = System.nanoTime() + TOGETHER;
          do {
            largest[t] = Math.max(largest[t], round(other, expected, t == 0));
            evaluations[t] += DRAWS;
          } while (System.nanoTime() < end);
        };
    Workers.with(
        2,
        () -> {
          Workers.run(2, thread);
          return true;
        });
    double distance = Math.max(largest[0], largest[1]);
    tally.tried(evaluations[0] + evaluations[1]);
    tally.figure(distance);
    if (distance != 0) {
      tally.complain(
          Verdict.WRONG,
          distance,
          "%s: evaluations on two threads at once give other results than one after the other"
              .formatted(member.where()));
    }
  }

  /// Evaluates all draws once, forth or back, with those of another member in between.
  ///
  /// @return the largest distance from what is expected
  private double round(Member other, Values[] expected, boolean forth) {
    float[] elsewhere = other.objective().initialParameters();
    double largest = 0;
    for (int n = 0; n < DRAWS; n++) {
      int draw = forth ? n : DRAWS - 1 - n;
      largest = Math.max(largest, expected[draw].distance(member.evaluate(start, draw)));
      other.evaluate(elsewhere, draw);
    }
    return largest;
  }
}
