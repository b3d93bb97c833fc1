package dev.glissade.check;

import dev.glissade.ParameterLayout.Slice;
import dev.glissade.Seeds;
import dev.glissade.TwiceDifferentiable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// The check of one member. Each aspect is only tried where those before it leave it a meaning.
final class MemberCheck {

  private static final int TIMED = 9;
  private static final long ENOUGH = 1_000_000_000; // nanoseconds of timed evaluations

  private final Member member;
  private final ProblemCheck plan;
  private final Pace pace;
  private final Tallies tallies = new Tallies();
  private boolean sane;

  MemberCheck(Member member, ProblemCheck plan, Pace pace) {
    this.member = member;
    this.plan = plan;
    this.pace = pace;
  }

  Tallies tallies() {
    return tallies;
  }

  /// Whether the member starts and repeats itself: without that, little can be tried.
  boolean isSane() {
    return sane;
  }

  void run() {
    if (!Conduct.starts(member, tallies.of(Aspect.START))) {
      return;
    }
    Conduct conduct = conduct();
    conduct.finite(tallies.of(Aspect.FINITE));
    conduct.repeats(tallies.of(Aspect.REPEATABLE));
    if (tallies.of(Aspect.REPEATABLE).isWrong()) {
      return;
    }
    boolean twice = plan.depth().directions() > 0;
    conduct.writes(tallies.of(Aspect.OUTPUT), tallies.of(Aspect.INPUT), twice);
    if (!tallies.of(Aspect.OUTPUT).isWrong()) {
      Values before = member.evaluate(member.objective().initialParameters(), 0);
      derivatives();
      conduct.same(
          tallies.of(Aspect.REPEATABLE), "the first evaluation after all others", before, 0);
    }
    sane = !tallies.of(Aspect.REPEATABLE).isWrong();
  }

  private Conduct conduct() {
    return new Conduct(member, member.objective().initialParameters());
  }

  private void derivatives() {
    List<Place> places = Places.of(member, plan.depth().places());
    int[] coordinates = coordinates();
    for (int p = 0; p < places.size(); p++) {
      int[] share = every(places.size(), p, coordinates);
      new GradientLines(places.get(p), tallies.of(Aspect.GRADIENT), pace).compare(share);
    }
    if (member.objective() instanceof TwiceDifferentiable twice) {
      for (int d = 0; !places.isEmpty() && d < plan.depth().directions(); d++) {
        Place place = places.get(places.size() - 1 - d % places.size());
        new HessianLines(place, twice, d, tallies.of(Aspect.HESSIAN), pace).compare();
      }
    } else if (plan.problem().isTwiceDifferentiable()) {
      tallies
          .of(Aspect.HESSIAN)
          .complain(
              Verdict.WRONG,
              1,
              "%s gives no second derivatives, although the problem says that all do"
                  .formatted(member.where()));
    }
  }

  /// The coordinates of this member: one of each block, and its part of all. Members take their
  /// parts in turn, so that together they look at as many as they can.
  private int[] coordinates() {
    int size = member.size();
    int part = Math.min(size, plan.depth().coordinates());
    int[] all = shuffled(size, Seeds.derive(plan.seed(), "check/coordinates", size));
    List<Integer> chosen = new ArrayList<>();
    for (int i = 0; i < part; i++) {
      chosen.add(all[(int) (((long) member.number() * part + i) % size)]);
    }
    RandomGenerator random = member.random("coordinates");
    List<Slice> slices = member.objective().layout().slices();
    if (slices.size() > 1) {
      slices.forEach(slice -> chosen.add(random.nextInt(slice.offset(), slice.end())));
    }
    return chosen.stream().mapToInt(Integer::intValue).distinct().toArray();
  }

  private static int[] shuffled(int size, long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    int[] all = new int[size];
    Arrays.setAll(all, i -> i);
    for (int i = size - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int swapped = all[i];
      all[i] = all[other];
      all[other] = swapped;
    }
    return all;
  }

  private static int[] every(int stride, int first, int[] values) {
    int[] some = new int[(values.length - first + stride - 1) / stride];
    Arrays.setAll(some, i -> values[first + i * stride]);
    return some;
  }

  /// Tries two threads, while nothing else runs.
  void threads(MemberCheck other) {
    conduct().threads(tallies.of(Aspect.THREADS), other.member);
  }

  /// Takes the time of an evaluation, while nothing else runs: the median of a few, in
  /// microseconds.
  void time(Tally tally) {
    float[] at = member.objective().initialParameters();
    float[] gradient = new float[member.size()];
    List<Double> micros = new ArrayList<>();
    long begin = System.nanoTime();
    for (int n = 0; n == 0 || (n < TIMED && System.nanoTime() - begin < ENOUGH); n++) {
      long before = System.nanoTime();
      member.objective().evaluate(at, n, gradient);
      micros.add((System.nanoTime() - before) / 1e3);
    }
    tally.tried(micros.size());
    tally.figure(micros.stream().sorted().skip(micros.size() / 2).findFirst().orElseThrow());
  }
}
