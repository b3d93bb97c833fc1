package dev.glissade.app.cli;

/// All constants of `demo`.
final class DemoConfiguration {

  /// The class of problems: the paper's text, section 3.1.
  static final String PROBLEM = "quadratic";

  /// TEST functions of the comparison, each with so many steps.
  static final int INSTANCES = 512;

  static final int TUNING_INSTANCES = 128;

  private DemoConfiguration() {}

  /// The training: about a minute on two cores with AVX-512.
  static TrainingPlan plan() {
    return TrainingPlan.of(ProblemArgument.parse(PROBLEM)).with("episodes", 700);
  }
}
