package dev.glissade.app.catalog;

import dev.glissade.optimizer.Baseline;
import dev.glissade.training.Outer;
import java.io.IOException;

/// An outer optimizer as named on the command line, with `train --outer`: `self`, a baseline with
/// or without its rate, or a learned optimizer.
public final class OuterName {

  private static final String SELF = "self";

  private OuterName() {}

  /// Whether a text can be the name of a file or a folder.
  public static boolean isFile(String text) {
    return !text.equals(SELF);
  }

  /// The outer optimizer with the teacher that a text names. A baseline without a rate has that of
  /// the one before it; whether it fades is decided there, too.
  ///
  /// @throws IllegalArgumentException if there is no such optimizer, or it fades in a way of its
  ///   own
  /// @throws IOException if a file cannot be read
  public static Outer applyTo(Outer usual, String text) throws IOException {
    if (text.equals(SELF)) {
      return usual.withTeacher(new Outer.Self());
    }
    return usual.withTeacher(
        switch (OptimizerName.parse(text)) {
          case OptimizerName.Learned(String name, var trained) -> new Outer.Learned(name, trained);
          case OptimizerName.Named named -> handDesigned(usual, named);
          case OptimizerName.Guard _ ->
              throw new IllegalArgumentException(
                  "--outer takes no guard: leave out guarded:, meta-gradients that are not finite"
                      + " are left out as it is");
        });
  }

  private static Outer.HandDesigned handDesigned(Outer usual, OptimizerName.Named named) {
    Baseline baseline = named.baseline();
    if (baseline.settings().contains(Baseline.Setting.STEPS)) {
      throw new IllegalArgumentException(
          "--outer takes a rule without +cosine: whether its rate fades is said by the recipe and"
              + " by --no-decay, got "
              + named.name());
    }
    return switch (usual.teacher()) {
      case Outer.HandDesigned(var rule, boolean fading) ->
          new Outer.HandDesigned(baseline.rule(named.rate().orElse(rule.learningRate())), fading);
      case Outer.Learned _, Outer.Self _ ->
          throw new IllegalStateException("a training begins with a hand-designed outer optimizer");
    };
  }
}
