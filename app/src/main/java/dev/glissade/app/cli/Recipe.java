package dev.glissade.app.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Settings of a training that go together. Each is an option of `train` too, and an option that is
/// given goes before the recipe.
enum Recipe {

  /// The paper's: the problem as it is, all episodes of one length.
  PAPER,

  /// For optimizers that meet other networks than they were trained on and go on for longer: the
  /// problem mixed with its variants, coordinates scaled at random, and episodes that grow ten
  /// times as long in the course of the training.
  ///
  /// References: K. Lv et al., *Learning gradient descent: better generalization and longer
  /// horizons*, ICML 2017; T. Chen et al., *Training stronger baselines for learning to optimize*,
  /// NeurIPS 2020.
  ROBUST;

  private static final int LONGEST = 1000;
  private static final int GROWTH = 10;

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
    int unroll = plan.configuration().unroll();
    String name = plan.problem().factory().name();
    List<String> mix =
        plan.problem().factory().variants().stream().map(options -> name + ":" + options).toList();
    Map<String, String> settings = new LinkedHashMap<>(new Variety(mix, 0.5).toMap());
    settings.put("curriculum", growing(steps, unroll));
    settings.put("validateEvery", "100"); // a validation takes as long as many short episodes
    return plan.with(settings);
  }

  /// Half of the episodes a tenth as long, a quarter a fifth, 15 % half as long.
  private static String growing(int steps, int unroll) {
    int shortest = wholeUnrolls(steps / GROWTH, unroll);
    int longer = wholeUnrolls(steps / 5, unroll);
    int half = wholeUnrolls(steps / 2, unroll);
    return "%dx50%%,%dx25%%,%dx15%%".formatted(shortest, longer, half);
  }

  private static int wholeUnrolls(int steps, int unroll) {
    return Math.max(1, steps / unroll) * unroll;
  }
}
