package dev.glissade.app.experiment;

import dev.glissade.evaluation.Goal;
import java.util.List;

/// A plan of who is compared, and on how much. The command line may change the numbers of
/// instances; the steps belong to the figure.
///
/// @param learned the pretrained optimizers, the one that the figure is about first; at least one
/// @param baselines the names of the hand-designed ones
/// @param steps of each run
/// @param instances TEST instances
/// @param tuningInstances VALIDATION instances that the baselines' learning rates are tuned on
/// @param goal what those are tuned for
/// @param guarded whether each learned optimizer is run once more, watched by a guard
public record Design(
    List<LearnedContender> learned,
    List<String> baselines,
    int steps,
    int instances,
    int tuningInstances,
    Goal goal,
    boolean guarded) {

  /// A pretrained optimizer and its counterpart in the paper.
  ///
  /// @param pretrained its name without `pretrained:`
  /// @param paper what the paper calls the optimizer whose numbers it is compared with
  public record LearnedContender(String pretrained, String paper) {}

  public Design {
    learned = List.copyOf(learned);
    baselines = List.copyOf(baselines);
  }

  /// A plan without guards, whose baselines are tuned for the last step.
  public Design(
      List<LearnedContender> learned,
      List<String> baselines,
      int steps,
      int instances,
      int tuningInstances) {
    this(learned, baselines, steps, instances, tuningInstances, Goal.LAST_STEP, false);
  }

  /// The name in the paper of an optimizer's counterpart: the baseline of the same name; for a
  /// learned one that is not known here, such as the user's own, that of the first.
  ///
  /// @param optimizer as named on the command line
  public String paperName(String optimizer) {
    if (baselines.contains(optimizer)) {
      return optimizer;
    }
    return learned.stream()
        .filter(contender -> optimizer.equals("pretrained:" + contender.pretrained))
        .findFirst()
        .orElse(learned.getFirst())
        .paper;
  }

  /// This design on other numbers of instances.
  ///
  /// @param test TEST instances
  /// @param tuning VALIDATION instances
  public Design withInstances(int test, int tuning) {
    return new Design(learned, baselines, steps, test, tuning, goal, guarded);
  }

  /// This design with each learned optimizer a second time, guarded.
  public Design withGuards() {
    return new Design(learned, baselines, steps, instances, tuningInstances, goal, true);
  }

  /// This design with baselines that are tuned for something else.
  Design withGoal(Goal other) {
    return new Design(learned, baselines, steps, instances, tuningInstances, other, guarded);
  }
}
