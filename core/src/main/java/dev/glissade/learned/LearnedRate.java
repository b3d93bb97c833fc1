package dev.glissade.learned;

import dev.glissade.ParameterLayout;
import dev.glissade.optimizer.Rule;
import java.util.ArrayList;
import java.util.List;

/// What an optimizer has learned about the learning rate of a rule that it corrects, without its
/// network: `η·exp(ρ(t) + α·r)`.
public final class LearnedRate {

  private static final String ALL = "all";

  private final String group;
  private final Rule base;
  private final float[] schedule;
  private final double fading;

  private LearnedRate(String group, Rule base, float[] schedule, double fading) {
    this.group = group;
    this.base = base;
    this.schedule = schedule;
    this.fading = fading;
  }

  /// The group of blocks that the rate is for; `all` without groups.
  public String group() {
    return group;
  }

  /// The rule that is corrected, with its rate η.
  public Rule base() {
    return base;
  }

  /// The numbers that ρ is made of, one more than it has half decades, copied.
  public float[] schedule() {
    return schedule.clone();
  }

  /// The power α of its norm by which a gradient that shrinks shortens the steps.
  public double fading() {
    return fading;
  }

  /// The rate `η·exp(ρ)` while gradients are as large as they were.
  ///
  /// @param steps how many were taken before, ≥ 0
  public double after(int steps) {
    return base.learningRate() * Math.exp(RateSchedule.at(schedule, steps));
  }

  static List<LearnedRate> of(Architecture<?> architecture, float[] weights) {
    List<LearnedRate> rates = new ArrayList<>();
    collect(ALL, "", architecture, architecture.layout(), weights, rates);
    return List.copyOf(rates);
  }

  /// Adds the learned rates of a part of an architecture.
  ///
  /// @param prefix of its blocks in `layout`
  private static void collect(
      String group,
      String prefix,
      Architecture<?> part,
      ParameterLayout layout,
      float[] weights,
      List<LearnedRate> rates) {
    if (part instanceof Corrected(_, Rule base, _)) {
      float[] schedule = layout.slice(prefix + RateSchedule.BLOCK).of(weights);
      float[] fading = layout.slice(prefix + Fading.BLOCK).of(weights);
      rates.add(new LearnedRate(group, base, schedule, fading[0]));
    } else if (part instanceof Grouped(List<Group> groups, Architecture<?> rest)) {
      for (Group own : groups) {
        if (own.rule() instanceof Group.Learned(Architecture<?> learned)) {
          collect(own.name(), prefix + own.name() + "/", learned, layout, weights, rates);
        }
      }
      collect(Group.REST, prefix + Group.REST + "/", rest, layout, weights, rates);
    } else if (part instanceof Probing(Architecture<?> noisy, _)) {
      collect(group, prefix + Probing.NOISY + "/", noisy, layout, weights, rates);
    }
  }
}
