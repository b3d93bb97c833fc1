package dev.glissade.learned;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What an optimizer has learned about the learning rate of a rule that it corrects, before its
/// network has its say: `η·exp(ρ(t) + α·r)`.
///
/// @param group the blocks that it is for; `all` without groups
/// @param base the rule, with η
/// @param schedule the numbers that ρ is made of, `float[7]`
/// @param fading α, by which power of its norm a gradient that shrinks shortens the steps
public record LearnedRate(String group, BlockGroup.Fixed base, float[] schedule, double fading) {

  /// `η·exp(ρ)`: the rate while gradients are as large as they were.
  ///
  /// @param steps how many were taken before, ≥ 0
  public double after(int steps) {
    return base.learningRate() * Math.exp(RateSchedule.at(schedule, 0, steps));
  }

  static List<LearnedRate> of(Architecture architecture, float[] weights) {
    int network = new LstmOptimizer(architecture.network()).layout().size();
    List<LearnedRate> rates = new ArrayList<>();
    int offset = 0;
    for (Map.Entry<String, Optional<BlockGroup.Fixed>> rule : architecture.bases().entrySet()) {
      offset += network;
      if (rule.getValue().isPresent()) {
        int end = offset + RateSchedule.SIZE;
        float[] schedule = Arrays.copyOfRange(weights, offset, end);
        rates.add(new LearnedRate(rule.getKey(), rule.getValue().get(), schedule, weights[end]));
        offset = end + 1;
      }
    }
    return rates;
  }
}
