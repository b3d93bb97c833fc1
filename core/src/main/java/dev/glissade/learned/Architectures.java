package dev.glissade.learned;

import dev.glissade.file.JsonObject;
import dev.glissade.internal.Suggestions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The kinds of architectures that can be read from files. To add one, write it and add its kind to
/// [#standard].
public final class Architectures {

  static final String KIND = "kind";

  private final Map<String, Reader> readers;

  /// Reads the settings of one kind.
  @FunctionalInterface
  public interface Reader {

    /// The architecture with these settings.
    ///
    /// @param json what [Architecture#toJson] gave
    /// @param known reads the architectures that it consists of
    /// @throws IllegalArgumentException if something is missing or out of range
    Architecture<?> read(JsonObject json, Architectures known);
  }

  private Architectures(Map<String, Reader> readers) {
    this.readers = Map.copyOf(readers);
  }

  /// The kinds of architectures that Glissade has.
  public static Architectures standard() {
    return new Architectures(
        Map.of(
            Lstm.KIND, (json, _) -> Lstm.fromJson(json),
            Corrected.KIND, Corrected::fromJson,
            Grouped.KIND, Grouped::fromJson,
            QuasiNewton.KIND, QuasiNewton::fromJson,
            Probing.KIND, Probing::fromJson,
            Smoothed.KIND, Smoothed::fromJson,
            Hopping.KIND, Hopping::fromJson));
  }

  /// These kinds and one more.
  ///
  /// @param kind as [Architecture#kind] gives it
  public Architectures with(String kind, Reader reader) {
    Map<String, Reader> more = new LinkedHashMap<>(readers);
    more.put(kind, reader);
    return new Architectures(more);
  }

  /// Reads an architecture from what [Architecture#toJson] gave.
  ///
  /// @throws IllegalArgumentException if the kind is not known, or something is missing or out of
  ///   range
  public Architecture<?> read(JsonObject json) {
    String kind = json.text(KIND);
    Reader reader = readers.get(kind);
    if (reader == null) {
      List<String> known = readers.keySet().stream().sorted().toList();
      throw new IllegalArgumentException(Suggestions.unknown("architecture", kind, known));
    }
    return reader.read(json, this);
  }
}
