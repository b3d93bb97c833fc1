package dev.glissade.app.experiment;

import dev.glissade.training.MetaTraining;
import java.util.function.UnaryOperator;

/// A recipe for the training of an optimizer for an experiment, which [ExperimentTraining] follows.
///
/// @param problem what it is trained on, which need not be what the experiment runs on
/// @param settings turns the training that `train` would take for the problem into this one
public record TrainingRecipe(String problem, UnaryOperator<MetaTraining> settings) {}
