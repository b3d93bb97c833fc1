package dev.glissade.app.experiment;

import dev.glissade.training.MetaTraining;
import java.util.function.UnaryOperator;

/// How an optimizer for an experiment is trained.
///
/// @param problem what it is trained on
/// @param settings turns the training that `train` would take for the problem into this one
public record TrainingRecipe(String problem, UnaryOperator<MetaTraining> settings) {}
