package dev.glissade.app.catalog;

import dev.glissade.app.catalog.OptimizerName.Guarding;
import dev.glissade.optimizer.Baseline;
import dev.glissade.training.Outer;
import java.io.IOException;
import java.util.Optional;

/// An outer optimizer as named on the command line, with `train --outer`: `self`, a baseline with
/// or without its rate, a learned optimizer, or one of these that is watched.
public final class OuterName {

  private static final String SELF = "self";

  private OuterName() {}

  /// Whether a text can be the name of a file or a folder.
  public static boolean isFile(String text) {
    return !text.equals(SELF)
        && Guarding.of(text).map(Guarding::watched).filter(SELF::equals).isEmpty();
  }

  /// The outer optimizer with the teacher that a text names. A baseline without a rate has that of
  /// the one before it; whether it fades is decided there, too.
  ///
  /// @throws IllegalArgumentException if there is no such optimizer, or it fades in a way of its
  ///   own
  /// @throws IOException if a file cannot be read
  public static Outer applyTo(Outer usual, String text) throws IOException {
    Optional<Guarding> guarding = Guarding.of(text);
    if (guarding.isEmpty()) {
      return usual.withTeacher(teacher(usual, text));
    }
    if (!(OptimizerName.parse(guarding.get().fallback()) instanceof OptimizerName.Named named)) {
      throw new IllegalArgumentException(
          "--outer falls back to a baseline, as in guarded:self,fallback=adam, got "
              + guarding.get().fallback());
    }
    Outer.Teacher watched = teacher(usual, guarding.get().watched());
    return usual.withTeacher(new Outer.Watched(watched, handDesigned(usual, named)));
  }

  private static Outer.Teacher teacher(Outer usual, String text) throws IOException {
    if (text.equals(SELF)) {
      return new Outer.Self();
    }
    if (Guarding.of(text).isPresent()) {
      throw new IllegalArgumentException("--outer takes one guard, got a second: " + text);
    }
    return switch (OptimizerName.parse(text)) {
      case OptimizerName.Learned(String name, var trained) -> new Outer.Learned(name, trained);
      case OptimizerName.Named named -> handDesigned(usual, named);
      case OptimizerName.Guard _ -> throw new IllegalStateException("read above");
    };
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
      case Outer.Learned _, Outer.Self _, Outer.Watched _ ->
          throw new IllegalStateException("a training begins with a hand-designed outer optimizer");
    };
  }
}
