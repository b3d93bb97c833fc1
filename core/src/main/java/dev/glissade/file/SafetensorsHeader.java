package dev.glissade.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the header of a safetensors file says, as it says it: whether the data bear it out is for
/// [SafetensorsReader] to see.
///
/// @param metadata text by key
/// @param entries the tensors, in the order of the header
record SafetensorsHeader(JsonObject metadata, List<Entry> entries) {

  /// The types of the format, whether or not anything here computes with them.
  private static final Map<String, Integer> ELEMENT_BITS =
      Map.ofEntries(
          Map.entry("F4", 4),
          Map.entry("F6_E2M3", 6),
          Map.entry("F6_E3M2", 6),
          Map.entry("BOOL", 8),
          Map.entry("U8", 8),
          Map.entry("I8", 8),
          Map.entry("F8_E4M3", 8),
          Map.entry("F8_E4M3FNUZ", 8),
          Map.entry("F8_E5M2", 8),
          Map.entry("F8_E5M2FNUZ", 8),
          Map.entry("F8_E8M0", 8),
          Map.entry("U16", 16),
          Map.entry("I16", 16),
          Map.entry("F16", 16),
          Map.entry("BF16", 16),
          Map.entry("U32", 32),
          Map.entry("I32", 32),
          Map.entry("F32", 32),
          Map.entry("U64", 64),
          Map.entry("I64", 64),
          Map.entry("F64", 64),
          Map.entry("C64", 64));

  /// The reference implementation nests no deeper.
  private static final int DEEPEST = 127;

  /// The header's length is limit enough for names, texts and numbers.
  private static final JsonFactory JSON =
      new JsonFactoryBuilder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private static final int SHOWN = 80; // characters of a name in messages

  /// One tensor as the header describes it; offsets count from the end of the header. They are as
  /// far apart as type and shape demand.
  record Entry(String name, String dtype, List<Integer> shape, long begin, long end) {}

  /// Reads the JSON object of a header.
  ///
  /// @throws com.fasterxml.jackson.core.JacksonException if the text is anything else
  static SafetensorsHeader parse(String text) throws IOException {
    JsonObject metadata = JsonObject.empty();
    List<Entry> entries = new ArrayList<>();
    try (JsonParser json = JSON.createParser(text)) {
      expect(json, json.nextToken(), JsonToken.START_OBJECT, "the header must be a JSON object");
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = unicode(json, json.currentName());
        JsonToken value = json.nextToken();
        if (!name.equals("__metadata__")) {
          expect(json, value, JsonToken.START_OBJECT, quoted(name) + " must be an object");
          entries.add(readEntry(json, name));
        } else if (value != JsonToken.VALUE_NULL) {
          expect(json, value, JsonToken.START_OBJECT, "the metadata must be an object");
          metadata = readMetadata(json);
        }
      }
      if (json.nextToken() != null) {
        throw malformed(json, "something follows the header's JSON object");
      }
    }
    return new SafetensorsHeader(metadata, entries);
  }

  private static JsonObject readMetadata(JsonParser json) throws IOException {
    JsonObject metadata = JsonObject.empty();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String key = unicode(json, json.currentName());
      expect(json, json.nextToken(), JsonToken.VALUE_STRING, "metadata must be text");
      metadata = metadata.with(key, unicode(json, json.getText()));
    }
    return metadata;
  }

  private static Entry readEntry(JsonParser json, String name) throws IOException {
    Optional<String> dtype = Optional.empty();
    Optional<List<Integer>> shape = Optional.empty();
    List<Integer> offsets = List.of();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String key = json.currentName();
      JsonToken value = json.nextToken();
      switch (key) {
        case "dtype" -> {
          expect(json, value, JsonToken.VALUE_STRING, "dtype must be text");
          dtype = Optional.of(json.getText());
        }
        case "shape" -> shape = Optional.of(readNumbers(json, value));
        case "data_offsets" -> offsets = readNumbers(json, value);
        default -> json.skipChildren();
      }
    }
    if (dtype.isEmpty() || shape.isEmpty() || offsets.size() != 2) {
      throw malformed(
          json, "tensor %s needs a dtype, a shape and two data_offsets".formatted(quoted(name)));
    }
    long bytes = bytes(json, name, dtype.get(), shape.get());
    if ((long) offsets.get(1) - offsets.get(0) != bytes) {
      throw malformed(
          json,
          "tensor %s of %s%s has %s bytes, its data_offsets are %s"
              .formatted(quoted(name), dtype.get(), shape.get(), bytes, offsets));
    }
    return new Entry(name, dtype.get(), shape.get(), offsets.get(0), offsets.get(1));
  }

  /// How many bytes type and shape demand.
  private static long bytes(JsonParser json, String name, String dtype, List<Integer> shape)
      throws IOException {
    Integer width = ELEMENT_BITS.get(dtype);
    if (width == null) {
      throw malformed(json, "tensor %s has an unknown dtype '%s'".formatted(quoted(name), dtype));
    }
    long bits = 1;
    try {
      for (int extent : shape) {
        bits = Math.multiplyExact(bits, extent);
      }
      bits = Math.multiplyExact(bits, width); // last: an extent of 0 makes up for all before it
    } catch (ArithmeticException e) {
      throw malformed(json, "tensor %s is larger than the file: %s".formatted(quoted(name), shape));
    }
    if (bits % Byte.SIZE != 0) {
      throw malformed(
          json, "tensor %s of %s%s ends inside a byte".formatted(quoted(name), dtype, shape));
    }
    return bits / Byte.SIZE;
  }

  private static List<Integer> readNumbers(JsonParser json, JsonToken first) throws IOException {
    expect(json, first, JsonToken.START_ARRAY, "an array of whole numbers is expected");
    List<Integer> numbers = new ArrayList<>();
    for (JsonToken t = json.nextToken(); t != JsonToken.END_ARRAY; t = json.nextToken()) {
      expect(json, t, JsonToken.VALUE_NUMBER_INT, "a whole number is expected");
      long number = json.getLongValue();
      if (number < 0 || number > Integer.MAX_VALUE) {
        throw malformed(json, "an extent or offset is out of range: " + number);
      }
      numbers.add((int) number);
    }
    return List.copyOf(numbers);
  }

  private static void expect(
      JsonParser json, JsonToken actual, JsonToken expected, String otherwise) throws IOException {
    if (actual != expected) {
      throw malformed(json, otherwise);
    }
  }

  /// Refuses halves of characters, which only an escape can spell.
  private static String unicode(JsonParser json, String text) throws IOException {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw malformed(json, "a text holds half of a character");
    }
    return text;
  }

  private static String quoted(String name) {
    return name.length() <= SHOWN
        ? "'%s'".formatted(name)
        : "'%s…' (%s characters)".formatted(name.substring(0, SHOWN), name.length());
  }

  private static JsonParseException malformed(JsonParser json, String problem) {
    return new JsonParseException(json, problem, json.currentLocation());
  }
}
