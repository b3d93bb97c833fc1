package dev.glissade.check;

import dev.glissade.Objective;
import dev.glissade.Problem;
import dev.glissade.Problem.Split;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Checks how members are drawn: by seed and split, and by nothing else.
final class Sampling {

  private final Problem problem;
  private final List<Long> seeds;

  /// What can be seen of a member: its start, and what it gives there and elsewhere.
  private record Looks(List<Integer> shape, int start, long loss, long next, int gradient) {}

  /// @param seeds of the members that are drawn of each split, at least two
  Sampling(Problem problem, List<Long> seeds) {
    this.problem = problem;
    this.seeds = List.copyOf(seeds);
  }

  /// Draws members of the splits.
  void check(List<Split> splits, Tally bySeed, Tally bySplit) {
    Map<Looks, String> known = new HashMap<>(); // the first split with a member that looks so
    for (Split split : splits) {
      List<Looks> members = new ArrayList<>();
      for (long seed : seeds) {
        members.add(looks(problem.sample(split, seed)));
      }
      seeds(split, members, bySeed);
      for (int i = 0; i < members.size(); i++) {
        shared(split, i, known.putIfAbsent(members.get(i), split.toString()), bySplit);
      }
    }
  }

  private void seeds(Split split, List<Looks> members, Tally tally) {
    tally.tried(members.size() + 1L);
    long first = seeds.getFirst();
    tally.figure(0);
    if (!looks(problem.sample(split, first)).equals(members.getFirst())) {
      tally.complain(
          Verdict.WRONG,
          1,
          "%s: seed %s gives another member the second time: take chance from the seed alone"
              .formatted(split, first));
      return;
    }
    Set<Looks> distinct = new HashSet<>(members);
    double share = 1 - (distinct.size() - 1.0) / (members.size() - 1.0);
    if (distinct.size() == 1) {
      tally.complain(
          Verdict.WRONG,
          share,
          "%s: %s seeds give one and the same member".formatted(split, members.size()));
    } else if (share > 0) {
      tally.complain(
          Verdict.UNCLEAR,
          share,
          "%s: %s seeds give only %s members".formatted(split, members.size(), distinct.size()));
    }
  }

  private void shared(Split split, int i, @Nullable String other, Tally tally) {
    tally.tried(1);
    tally.figure(0);
    if (other != null && !other.equals(split.toString())) {
      tally.complain(
          Verdict.WRONG,
          1,
          "%s draws a member that %s draws, too (seed %s): what is tested must not be trained on"
              .formatted(split, other, seeds.get(i)));
    }
  }

  private static Looks looks(Objective objective) {
    float[] start = objective.initialParameters();
    float[] elsewhere = start.clone();
    for (int i = 0; i < elsewhere.length; i++) {
      elsewhere[i] += (float) (Math.sin(i + 1) * Math.max(1.0 / 8, Math.abs(start[i])));
    }
    float[] gradient = new float[objective.layout().size()];
    double next = objective.evaluate(elsewhere, 1, gradient);
    double loss = objective.evaluate(start.clone(), 0, gradient);
    return new Looks(
        List.of(start.length, gradient.length),
        Arrays.hashCode(start),
        Double.doubleToLongBits(loss),
        Double.doubleToLongBits(next),
        Arrays.hashCode(gradient));
  }
}
