package dev.glissade.app.experiment;

import java.util.List;

/// A figure of the paper, as something to run and to compare with it.
public sealed interface Experiment permits CurveExperiment, SweepExperiment, UpdatesExperiment {

  /// In lower case: what it is called on the command line.
  String name();

  /// Which figure of the paper, such as `4 left`.
  String figure();

  /// What it shows, in a few words.
  String summary();

  /// How long it takes, such as `5 min`, where that was measured; otherwise `–`.
  String time();

  /// The problems that the optimizers are run on, as a problem catalog reads them.
  List<String> problems();

  /// Who is run, and on how many instances.
  Design design();

  /// How an optimizer for it is trained.
  TrainingRecipe training();

  /// The same experiment with another design.
  Experiment with(Design changed);
}
