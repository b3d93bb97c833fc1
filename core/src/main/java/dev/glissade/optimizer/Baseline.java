package dev.glissade.optimizer;

import dev.glissade.Optimizer;
import java.util.ArrayList;
import java.util.Arrays;
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

  /// What the name of a baseline whose rate fades ends with.
  static final String FADING = "+cosine";

  /// A setting of a rule besides its learning rate.
  ///
  /// @param name as in the rule's record
  /// @param value its value, or its default
  public record Setting(String name, double value) {

    /// The length of the run, which has no default: it is known when there is a run.
    public static final Setting STEPS = new Setting("steps", Double.NaN);
  }

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

  /// This baseline with a rate that fades along half a cosine, as [CosineDecay] says, over runs
  /// whose length is still open: it becomes the setting `steps`.
  ///
  /// @throws IllegalStateException if its rate fades already
  public Baseline fading() {
    if (settings.contains(Setting.STEPS)) {
      throw new IllegalStateException(name + " fades already");
    }
    List<Setting> more = new ArrayList<>(settings);
    more.add(Setting.STEPS);
    return new Baseline(
        name + FADING,
        summary + ", its rate fading along half a cosine",
        source + "; Loshchilov and Hutter 2017",
        more,
        this::makeFading);
  }

  private Optimizer<?> makeFading(double learningRate, double[] withSteps) {
    int last = withSteps.length - 1;
    double steps = withSteps[last];
    if (!(steps >= 1 && steps == Math.rint(steps))) {
      throw new IllegalArgumentException(
          "%s%s fades over so many steps, a whole number >= 1 such as steps=100, got %s"
              .formatted(name, FADING, Double.isNaN(steps) ? "none" : steps));
    }
    Optimizer<?> inner = maker.make(learningRate, Arrays.copyOf(withSteps, last));
    return new CosineDecay<>(inner, (long) steps);
  }

  /// The optimizer with this learning rate, > 0, and the default settings.
  ///
  /// @throws IllegalArgumentException if the rate fades: over how many steps, is open
  public Optimizer<?> at(double learningRate) {
    return rule(learningRate).optimizer();
  }

  /// The rule with this learning rate, > 0, and the default settings.
  ///
  /// @throws IllegalArgumentException if the rate fades: over how many steps, is open
  public Rule rule(double learningRate) {
    return new Rule(this, learningRate, settings);
  }

  /// The rule with this learning rate, > 0, and the default settings, for runs of a known length:
  /// if its rate fades, then over all of the run.
  ///
  /// @param steps of a run, ≥ 1
  public Rule rule(double learningRate, long steps) {
    List<Setting> known = new ArrayList<>(settings);
    known.replaceAll(it -> it.equals(Setting.STEPS) ? new Setting(it.name(), steps) : it);
    return new Rule(this, learningRate, known);
  }
}
