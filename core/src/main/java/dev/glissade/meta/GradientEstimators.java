package dev.glissade.meta;

import dev.glissade.file.JsonObject;
import dev.glissade.internal.Suggestions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The kinds of estimators that can be read. To add one, write it and add it to the list here.
public final class GradientEstimators {

  private static final String KIND = "kind";
  private static final String UNROLL = "unroll";

  private static final Map<String, Reader> READERS = readers();

  /// Reads the settings of one kind of estimator.
  private interface Reader {
    GradientEstimator read(int unroll, JsonObject settings);
  }

  private GradientEstimators() {}

  private static Map<String, Reader> readers() {
    Map<String, Reader> readers = new LinkedHashMap<>();
    readers.put(TruncatedBptt.KIND, TruncatedBptt::read);
    readers.put(Imitation.KIND, Imitation::read);
    readers.put(ExactBptt.KIND, (unroll, _) -> new ExactBptt(unroll));
    readers.put(EvolutionStrategies.KIND, EvolutionStrategies::read);
    readers.put(PersistentEvolutionStrategies.KIND, PersistentEvolutionStrategies::read);
    return readers;
  }

  /// The kinds of all estimators.
  public static List<String> kinds() {
    return List.copyOf(READERS.keySet());
  }

  /// Writes an estimator as JSON.
  public static JsonObject toJson(GradientEstimator estimator) {
    return JsonObject.empty()
        .with(KIND, estimator.kind())
        .with(UNROLL, estimator.unroll())
        .plus(estimator.settings());
  }

  /// Reads an estimator from what [#toJson] gave.
  ///
  /// @throws IllegalArgumentException if the kind is not known, or something is missing or out of
  ///   range
  public static GradientEstimator fromJson(JsonObject json) {
    return of(json.text(KIND), json.integer(UNROLL), json);
  }

  /// The estimator of a kind.
  ///
  /// @param unroll T ≥ 1
  /// @param settings those of its kind
  /// @throws IllegalArgumentException if the kind is not known, or something is missing or out of
  ///   range
  public static GradientEstimator of(String kind, int unroll, JsonObject settings) {
    Reader reader = READERS.get(kind);
    if (reader == null) {
      throw new IllegalArgumentException(Suggestions.unknown("gradient estimator", kind, kinds()));
    }
    return reader.read(unroll, settings);
  }

  /// Fails unless an unroll has at least one step.
  static void requireUnroll(int unroll) {
    if (unroll < 1) {
      throw new IllegalArgumentException("unroll must be >= 1, got " + unroll);
    }
  }
}
