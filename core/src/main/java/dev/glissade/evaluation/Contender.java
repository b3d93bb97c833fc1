package dev.glissade.evaluation;

import dev.glissade.Optimizer;
import dev.glissade.optimizer.Rule;
import java.util.List;

/// An optimizer entered into a [Comparison].
public sealed interface Contender {

  /// The contender's name in tables and plots.
  String name();

  /// The optimizer that the contender runs.
  Optimizer<?> optimizer();

  /// Whether it is a hand-designed rule, to be beaten.
  default boolean baseline() {
    return switch (this) {
      case Designed _ -> true;
      case Learned _ -> false;
    };
  }

  /// A hand-designed rule with a learning rate, to be beaten.
  ///
  /// @param name in tables and plots
  /// @param rule with its rate and settings
  /// @param source of its rate
  /// @param trials the rates that a search tried, ascending; empty if none was made
  record Designed(String name, Rule rule, RateSource source, List<LearningRateSearch.Trial> trials)
      implements Contender {

    public Designed {
      trials = List.copyOf(trials);
    }

    /// A rule whose rate was not searched for.
    public Designed(String name, Rule rule, RateSource source) {
      this(name, rule, source, List.of());
    }

    @Override
    public Optimizer<?> optimizer() {
      return rule.optimizer();
    }
  }

  /// A learned optimizer, or whatever else is to beat the hand-designed rules.
  ///
  /// @param name in tables and plots
  /// @param summary what it is, in a line
  /// @param optimizer itself
  record Learned(String name, String summary, Optimizer<?> optimizer) implements Contender {}
}
