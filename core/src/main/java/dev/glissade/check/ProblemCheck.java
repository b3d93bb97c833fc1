package dev.glissade.check;

import dev.glissade.Problem;
import dev.glissade.Problem.Split;
import dev.glissade.Seeds;
import dev.glissade.Workers;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/// A check of a problem: draws members of it and tries whether they keep what [Problem] and
/// [dev.glissade.Objective] promise, gradients first of all.
///
/// ```java
/// @Test
/// void theProblemIsSound() {
///   ProblemCheck.of(new DecayFits()).run().requireSound();
/// }
/// ```
///
/// What is tried depends on the seed and on nothing else, unless there is a limit of time. The
/// members share the threads of [Workers].
///
/// @param problem what is checked
/// @param splits of it, at least one
/// @param instances how many members of each split, ≥ 1
/// @param depth how much is tried of each
/// @param seed which members, and what else is random
/// @param limit the time after which no more single coordinates are looked at, nor second
///   derivatives
public record ProblemCheck(
    Problem problem, List<Split> splits, int instances, Depth depth, long seed, Duration limit) {

  /// Members that are drawn of each split to see how they are drawn.
  private static final int DRAWN = 4;

  private static final Duration LONG = Duration.ofDays(365);

  public ProblemCheck {
    splits = List.copyOf(splits);
    if (splits.isEmpty()) {
      throw new IllegalArgumentException("splits must be at least one");
    }
    if (instances < 1) {
      throw new IllegalArgumentException("instances must be >= 1, got " + instances);
    }
  }

  /// The usual check: two members of each split.
  public static ProblemCheck of(Problem problem) {
    return new ProblemCheck(problem, List.of(Split.values()), 2, Depth.NORMAL, 1, LONG);
  }

  /// A first look at one member, without second derivatives: for about so long if evaluations are
  /// quick, and for a few dozens of them if they are slow.
  ///
  /// @param split of the member
  public static ProblemCheck brief(Problem problem, Split split, Duration limit) {
    return new ProblemCheck(problem, List.of(split), 1, Depth.QUICK, 1, limit);
  }

  /// The check with another number of members of each split, ≥ 1.
  public ProblemCheck withInstances(int count) {
    return new ProblemCheck(problem, splits, count, depth, seed, limit);
  }

  /// The check that tries more or less of each member.
  public ProblemCheck withDepth(Depth other) {
    return new ProblemCheck(problem, splits, instances, other, seed, limit);
  }

  /// The check of other members.
  public ProblemCheck withSeed(long other) {
    return new ProblemCheck(problem, splits, instances, depth, other, limit);
  }

  /// The check that begins nothing new of that kind after a time.
  public ProblemCheck withLimit(Duration other) {
    return new ProblemCheck(problem, splits, instances, depth, seed, other);
  }

  /// About how many steps the check has, for a display of progress.
  public long steps() {
    int blocks = problem.layout().blocks().size();
    int coordinates = Math.min(problem.layout().size(), depth.coordinates()) + blocks;
    return members() * ((long) depth.places() * blocks + coordinates + depth.directions());
  }

  private int members() {
    return splits.size() * instances;
  }

  /// Checks the problem in silence.
  public ProblemReport run() {
    return run(() -> {});
  }

  /// Checks the problem.
  ///
  /// @param progress is told of each step
  public ProblemReport run(CheckListener progress) {
    Pace pace = new Pace(progress, System.nanoTime() + limit.toNanos());
    Tallies all = new Tallies();
    MemberCheck[] checks = new MemberCheck[members()];
    Workers.run(
        checks.length,
        n -> {
          checks[n] = new MemberCheck(member(n), this, pace);
          checks[n].run();
        });
    if (Arrays.stream(checks).allMatch(MemberCheck::isSane)) {
      for (int n = 0; n < checks.length; n++) {
        checks[n].threads(checks[(n + 1) % checks.length]);
      }
      checks[0].time(all.of(Aspect.TIME));
      new Sampling(problem, seeds(DRAWN))
          .check(splits, all.of(Aspect.SEEDS), all.of(Aspect.SPLITS));
    }
    for (MemberCheck check : checks) {
      all.add(check.tallies());
    }
    return new ProblemReport(problem.name(), all.findings(problem.isTwiceDifferentiable()));
  }

  private Member member(int n) {
    Split split = splits.get(n / instances);
    long own = seeds(instances).get(n % instances);
    return new Member(split, n, own, problem.sample(split, own));
  }

  private List<Long> seeds(int count) {
    return LongStream.range(0, count).mapToObj(i -> Seeds.derive(seed, "check", i)).toList();
  }
}
