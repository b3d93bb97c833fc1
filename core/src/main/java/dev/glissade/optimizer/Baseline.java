package dev.glissade.optimizer;

import dev.glissade.Optimizer;
import java.util.Map;
import java.util.function.DoubleFunction;

/// An entry of [Baselines]: a hand-designed rule whose learning rate is still open.
///
/// @param name in lower case, as on the command line
/// @param summary one line for people
/// @param source author and year
/// @param settings the settings besides the learning rate, by name, in the order of the record
/// @param atLearningRate makes the optimizer; rejects learning rates that are not > 0
public record Baseline(
    String name,
    String summary,
    String source,
    Map<String, String> settings,
    DoubleFunction<Optimizer<?>> atLearningRate) {

  /// The optimizer with this learning rate, > 0, and the [#settings].
  public Optimizer<?> at(double learningRate) {
    return atLearningRate.apply(learningRate);
  }
}
