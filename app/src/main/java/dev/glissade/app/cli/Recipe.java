package dev.glissade.app.cli;

import dev.glissade.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Settings of a training that go together. Each is an option of `train` too, and an option that is
/// given goes before the recipe.
enum Recipe {

  /// The paper's: the problem as it is, all episodes of one length.
  PAPER,

  /// For optimizers that meet other networks than they were trained on and go on for longer.
  ///
  /// The problem is mixed with its variants; the LSTMs correct hand-designed rules, Muon for the
  /// matrices of a network and Adam for all else, and learn their rates as functions of the step;
  /// meta-gradients go back through whole short episodes; losses count by their logarithms, so that
  /// neither the first steps nor the hardest variant outweigh all else; and the episodes grow ten
  /// times as long in the course of the training.
  ///
  /// Reference for the last: T. Chen et al., *Training stronger baselines for learning to
  /// optimize*, NeurIPS 2020.
  ROBUST;

  private static final int LONGEST = 1000;
  private static final int GROWTH = 10;

  /// What the matrices of a network are called.
  private static final String MATRICES = "weights";

  /// The plan with the settings of the recipe.
  ///
  /// @param given settings that go before those of the recipe
  TrainingPlan applyTo(TrainingPlan plan, Map<String, String> given) {
    return switch (this) {
      case PAPER -> plan.with(given);
      case ROBUST -> robust(plan, given).with(given);
    };
  }

  private static TrainingPlan robust(TrainingPlan paper, Map<String, String> given) {
    TrainingPlan plan =
        paper.with("steps", Math.max(LONGEST, paper.configuration().steps())).with(given);
    int steps = plan.configuration().steps();
    int unroll =
        given.containsKey("unroll")
            ? plan.configuration().unroll()
            : largestDivisor(steps, steps / GROWTH);
    List<String> mix = plan.problem().problem().variants().stream().map(Problem::name).toList();
    Map<String, String> settings = new LinkedHashMap<>(new Variety(mix, 0).toMap());
    settings.put("unroll", "" + unroll);
    settings.put("curriculum", growing(steps, unroll));
    settings.put("batch", "" + Math.max(3, plan.configuration().batch()));
    settings.put("logLoss", "true");
    settings.put("learningRate", "0.005");
    settings.put("preprocessing", "log-sign:10+adam-like:0.95");
    settings.put("outputScale", "0.3");
    settings.put("base", "adam=0.02");
    settings.put("groups", hasMatrices(plan) ? "matrices=" + MATRICES + "+muon=0.015" : "");
    settings.put("validateEvery", "50");
    return plan.with(settings);
  }

  /// Six episodes in ten are a tenth as long, two a fifth, one half as long.
  private static String growing(int steps, int unroll) {
    int shortest = wholeUnrolls(steps / GROWTH, unroll);
    int longer = wholeUnrolls(steps / 5, unroll);
    int half = wholeUnrolls(steps / 2, unroll);
    return "%dx60%%,%dx20%%,%dx10%%".formatted(shortest, longer, half);
  }

  private static int largestDivisor(int steps, int bound) {
    int divisor = Math.max(1, bound);
    while (steps % divisor != 0) {
      divisor--;
    }
    return divisor;
  }

  private static int wholeUnrolls(int steps, int unroll) {
    return Math.max(1, steps / unroll) * unroll;
  }

  private static boolean hasMatrices(TrainingPlan plan) {
    return plan.problem().problem().layout().blocks().stream()
        .anyMatch(block -> block.name().contains(MATRICES) && block.shape().size() > 1);
  }
}
