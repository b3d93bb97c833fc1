package dev.glissade.app.cli;

import dev.glissade.Problem;
import dev.glissade.Seeds;
import picocli.CommandLine.Option;

/// The option `--split`: which instances of a problem optimizers are compared on.
final class SplitOption {

  /// What can be compared on: TRAIN is for trainings.
  private enum Choice {

    /// The instances by which results are reported.
    TEST,

    /// Those by which to choose between optimizers before.
    VALIDATION
  }

  @Option(
      names = "--split",
      paramLabel = "SPLIT",
      defaultValue = "test",
      description =
          "Instances of which split to compare on: test, or validation, to choose between"
              + " optimizers; not those that learning rates are tuned on (default:"
              + " ${DEFAULT-VALUE}).")
  private Choice choice = Choice.TEST;

  /// The split that the instances are taken from.
  Problem.Split split() {
    return switch (choice) {
      case TEST -> Problem.Split.TEST;
      case VALIDATION -> Problem.Split.VALIDATION;
    };
  }

  /// The seed of the instances.
  ///
  /// Those of VALIDATION have a stream of their own: whatever the seed, they are not those that
  /// baselines are tuned on, nor those by which a training has chosen its weights. What is best
  /// there is so by luck, too.
  ///
  /// @param given the seed of the command
  long seed(long given) {
    return switch (choice) {
      case TEST -> given;
      case VALIDATION -> Seeds.derive(given, "comparison", 0);
    };
  }
}
