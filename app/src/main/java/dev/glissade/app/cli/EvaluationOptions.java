package dev.glissade.app.cli;

import dev.glissade.Problem;
import dev.glissade.app.catalog.ProblemName;
import dev.glissade.evaluation.Evaluation;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options of a problem that optimizers are run on: where it comes from, and for how many
/// steps. `compare` and `tune` have them.
final class EvaluationOptions {

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Steps of each run (default: the problem's).")
  private Optional<Integer> steps = Optional.empty();

  @Mixin private final ProblemOptions problems;

  EvaluationOptions(Context context) {
    this.problems = new ProblemOptions(context);
  }

  /// Finds the problem.
  ///
  /// @param name as the user wrote it, such as `quadratic:dim=20`
  /// @throws IllegalArgumentException if there is none of that name
  ProblemName problem(String name) {
    return problems.catalog().problem(name);
  }

  /// Plans runs on some instances of a problem.
  ///
  /// @param split that the instances are taken from
  /// @param instances how many, ≥ 1
  /// @param seed of the instances
  /// @throws IllegalArgumentException if a number is out of range
  Evaluation evaluation(ProblemName name, Problem.Split split, int instances, long seed) {
    int length = steps.orElse(name.problem().steps());
    return new Evaluation(name.problem(), split, instances, length, seed);
  }
}
