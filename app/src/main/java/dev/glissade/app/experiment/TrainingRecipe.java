package dev.glissade.app.experiment;

import java.util.Map;

/// How an optimizer for an experiment is trained.
///
/// @param problem what it is trained on
/// @param settings of the training that differ from those that `train` would take for the problem,
///   by the name that they have in `run.json`
public record TrainingRecipe(String problem, Map<String, String> settings) {

  public TrainingRecipe {
    settings = Map.copyOf(settings);
  }
}
