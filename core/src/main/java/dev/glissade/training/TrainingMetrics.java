package dev.glissade.training;

/// How a training stands at a validation.
///
/// @param episode how many episodes are done
/// @param metaLoss the mean over the episodes since the last validation of Σ f over their steps
/// @param validationLoss the mean final loss on VALIDATION objectives; +∞ if any diverged
/// @param bestLoss the lowest validation loss so far
/// @param improved whether that is this one
/// @param nonFiniteCount how many evaluations gave NaN or infinity since this process started
public record TrainingMetrics(
    long episode,
    double metaLoss,
    double validationLoss,
    double bestLoss,
    boolean improved,
    long nonFiniteCount) {}
