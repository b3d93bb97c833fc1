package dev.glissade.training;

import dev.glissade.meta.Curriculum;
import dev.glissade.meta.EvolutionStrategies;
import dev.glissade.meta.MetaLoss;
import dev.glissade.meta.MetaObjective.EpisodePlan;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Everything that decides a meta-training besides the problem and the network: equal
/// configurations give equal weights, bit for bit.
///
/// @param episodes how many episodes to train on, ≥ 1
/// @param steps in an episode, a multiple of `unroll`
/// @param curriculum shorter episodes to begin with, as [Curriculum#parse] reads them; empty for
///   none
/// @param unroll T, the steps that one meta-gradient goes back through, ≥ 1
/// @param batch B, the objectives that are run side by side, ≥ 1
/// @param learningRate of the outer Adam, > 0
/// @param clip the greatest norm of a meta-gradient, > 0
/// @param logLoss whether the meta-loss is a sum of logarithms, and validation goes by geometric
///   means
/// @param decay whether the learning rate fades to 0 along half a cosine
/// @param secondDerivatives whether the meta-gradient goes back through ∇f as well
/// @param coordinateFraction which part of the coordinates a meta-gradient goes back through, in
///   (0, 1]
/// @param evolution σ of the perturbations of φ from which [EvolutionStrategies] estimate the
///   meta-gradient, > 0; 0 for back-propagation
/// @param trainOnly a regular expression, searched for in the names of the blocks of φ: those that
///   are trained, while the others stay as they start; empty for all
/// @param validateEvery after so many episodes the optimizer is frozen and scored, and a checkpoint
///   written, ≥ 1
/// @param validationInstances how many VALIDATION objectives it is scored on, ≥ 1
/// @param seed of everything random
public record MetaTrainingConfiguration(
    long episodes,
    int steps,
    String curriculum,
    int unroll,
    int batch,
    double learningRate,
    double clip,
    boolean logLoss,
    boolean decay,
    boolean secondDerivatives,
    double coordinateFraction,
    double evolution,
    String trainOnly,
    long validateEvery,
    int validationInstances,
    long seed) {

  private static final int UNROLL = 20;

  public MetaTrainingConfiguration {
    requireAtLeastOne("episodes", episodes);
    requireAtLeastOne("steps", steps);
    requireAtLeastOne("unroll", unroll);
    requireAtLeastOne("batch", batch);
    requireAtLeastOne("validateEvery", validateEvery);
    requireAtLeastOne("validationInstances", validationInstances);
    requirePositive("learningRate", learningRate);
    requirePositive("clip", clip);
    if (!(evolution >= 0) || Double.isInfinite(evolution)) {
      throw new IllegalArgumentException("evolution must be >= 0, got " + evolution);
    }
    try {
      Pattern.compile(trainOnly);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "trainOnly is no regular expression: " + e.getDescription(), e);
    }
    Curriculum.parse(curriculum, steps, episodes).requireMultiplesOf(unroll);
  }

  /// The paper's episodes of 100 steps and unrolls of 20. Rate, batch and decay are from our own
  /// searches on quadratics, where second derivatives, which the paper drops, led to lower losses
  /// (`docs/pretrained.md`).
  public static MetaTrainingConfiguration defaults() {
    return new MetaTrainingConfiguration(
        1000, 100, "", UNROLL, 64, 0.01, 1, false, true, true, 1, 0, "", 50, 256, 1);
  }

  /// A copy with one component changed.
  ///
  /// @param name of the component
  /// @param value of its type, or its text
  /// @throws IllegalArgumentException if there is no such component or the value does not fit
  public MetaTrainingConfiguration with(String name, Object value) {
    Map<String, String> changed = toMap();
    if (changed.replace(name, value.toString()) == null) {
      throw new IllegalArgumentException(
          "unknown setting '%s'; known: %s".formatted(name, String.join(", ", changed.keySet())));
    }
    return fromMap(changed);
  }

  /// A copy with so many steps in an episode, and the unroll that suits them: the shortest of at
  /// least the paper's 20 that divides them (32 for the 128 of neural art), all of them if there
  /// are fewer.
  ///
  /// @param steps ≥ 1
  public MetaTrainingConfiguration withSteps(int steps) {
    Map<String, String> changed = toMap();
    int suitable =
        IntStream.range(UNROLL, steps).filter(u -> steps % u == 0).findFirst().orElse(steps);
    changed.put("steps", String.valueOf(steps));
    changed.put("unroll", String.valueOf(suitable));
    return fromMap(changed);
  }

  /// All components as text, by name.
  public Map<String, String> toMap() {
    Map<String, String> map = new LinkedHashMap<>();
    for (RecordComponent component : getClass().getRecordComponents()) {
      try {
        map.put(component.getName(), component.getAccessor().invoke(this).toString());
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("a record's accessors can be called", e);
      }
    }
    return map;
  }

  /// Reads what [#toMap] wrote; other keys are passed over.
  public static MetaTrainingConfiguration fromMap(Map<String, String> map) {
    List<RecordComponent> components =
        List.of(MetaTrainingConfiguration.class.getRecordComponents());
    Object[] values = components.stream().map(c -> parse(c, map.get(c.getName()))).toArray();
    Class<?>[] types = components.stream().map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<MetaTrainingConfiguration> canonical =
          MetaTrainingConfiguration.class.getDeclaredConstructor(types);
      return canonical.newInstance(values);
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof IllegalArgumentException cause
          ? cause
          : new IllegalStateException(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a record's constructor can be called", e);
    }
  }

  private static Object parse(RecordComponent component, @Nullable String text) {
    if (text == null) {
      throw new IllegalArgumentException("'%s' is missing".formatted(component.getName()));
    }
    try {
      Class<?> type = component.getType();
      if (type == long.class) {
        return Long.valueOf(text);
      } else if (type == int.class) {
        return Integer.valueOf(text);
      } else if (type == double.class) {
        return Double.valueOf(text);
      } else if (type == String.class) {
        return text;
      } else if (text.equals("true") || text.equals("false")) {
        return Boolean.valueOf(text);
      }
    } catch (NumberFormatException e) {
      // falls through to the one message
    }
    throw new IllegalArgumentException(
        "%s must be of type %s, got '%s'"
            .formatted(component.getName(), component.getType().getSimpleName(), text));
  }

  MetaLoss metaLoss() {
    return logLoss ? MetaLoss.LOGARITHMS : MetaLoss.LOSSES;
  }

  public EpisodePlan plan() {
    return new EpisodePlan(Curriculum.parse(curriculum, steps, episodes), batch);
  }

  private static void requireAtLeastOne(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException("%s must be >= 1, got %d".formatted(name, value));
    }
  }

  private static void requirePositive(String name, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException("%s must be > 0, got %s".formatted(name, value));
    }
  }
}
