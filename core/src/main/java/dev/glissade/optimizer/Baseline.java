package dev.glissade.optimizer;

import dev.glissade.Optimizer;
import java.util.List;

/// An entry of [Baselines]: a hand-designed rule whose learning rate is still open.
///
/// @param name in lower case, as on the command line
/// @param summary one line for people
/// @param source author and year
/// @param settings the settings besides the learning rate with their defaults, in the order of the
///   rule's record
/// @param maker makes the optimizer; rejects values that are out of range
public record Baseline(
    String name, String summary, String source, List<Setting> settings, Maker maker) {

  /// A setting of a rule besides its learning rate.
  ///
  /// @param name as in the rule's record
  /// @param value its value, or its default
  public record Setting(String name, double value) {}

  /// Makes the optimizer of a baseline.
  @FunctionalInterface
  public interface Maker {

    /// The optimizer with this learning rate and these settings.
    ///
    /// @param settings in the order of the baseline's, `double[settings().size()]`
    Optimizer<?> make(double learningRate, double[] settings);
  }

  public Baseline {
    settings = List.copyOf(settings);
  }

  /// The optimizer with this learning rate, > 0, and the default settings.
  public Optimizer<?> at(double learningRate) {
    return rule(learningRate).optimizer();
  }

  /// The rule with this learning rate, > 0, and the default settings.
  public Rule rule(double learningRate) {
    return new Rule(this, learningRate, settings);
  }
}
