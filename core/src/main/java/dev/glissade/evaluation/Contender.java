package dev.glissade.evaluation;

import dev.glissade.Optimizer;
import java.util.Map;

/// An optimizer entered into a [Comparison].
///
/// @param name for tables and plots
/// @param baseline whether it is a hand-designed rule, to be beaten
/// @param settings what decides it, by name
/// @param optimizer itself
public record Contender(
    String name, boolean baseline, Map<String, String> settings, Optimizer<?> optimizer) {}
