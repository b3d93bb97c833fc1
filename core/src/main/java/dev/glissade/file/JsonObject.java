package dev.glissade.file;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// A JSON object whose values are asked for by key and type, so that what is missing or of another
/// type is named.
///
/// Texts, numbers, truth values, objects, and arrays of objects or texts; `null` counts as absent.
/// Objects are values: equal keys and values make equal objects.
public final class JsonObject {

  private static final JsonFactory JSON = new JsonFactory();

  /// Keeps hostile files from exhausting the stack.
  private static final int DEEPEST = 32;

  private static final String LINE = "a text of one line";

  private final Map<String, Object> values; // String, Number, Boolean, JsonObject, List

  private JsonObject(Map<String, Object> values) {
    this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /// An object without keys.
  public static JsonObject empty() {
    return new JsonObject(Map.of());
  }

  /// This object with a text.
  public JsonObject with(String key, String text) {
    return and(key, text);
  }

  /// This object with a whole number.
  public JsonObject with(String key, long number) {
    return and(key, number);
  }

  /// This object with a number; one that is not finite is written as `null`.
  public JsonObject with(String key, double number) {
    return and(key, number);
  }

  /// This object with a truth value.
  public JsonObject with(String key, boolean truth) {
    return and(key, truth);
  }

  /// This object with another one inside.
  public JsonObject with(String key, JsonObject object) {
    return and(key, object);
  }

  /// This object with an array of objects, or of texts.
  public JsonObject with(String key, List<?> array) {
    for (Object element : array) {
      if (!(element instanceof JsonObject || element instanceof String)) {
        throw new IllegalArgumentException("an array holds objects or texts, got " + element);
      }
    }
    return and(key, List.copyOf(array));
  }

  /// This object with all keys of another one, which go before its own.
  public JsonObject plus(JsonObject other) {
    Map<String, Object> more = new LinkedHashMap<>(values);
    more.putAll(other.values);
    return new JsonObject(more);
  }

  /// This object without some of its keys.
  public JsonObject without(String... keys) {
    Map<String, Object> fewer = new LinkedHashMap<>(values);
    fewer.keySet().removeAll(List.of(keys));
    return new JsonObject(fewer);
  }

  private JsonObject and(String key, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(values);
    more.put(key, value);
    return new JsonObject(more);
  }

  /// The keys of the object, in order.
  public Set<String> keys() {
    return values.keySet();
  }

  /// Whether there is a value for a key.
  public boolean has(String key) {
    return values.containsKey(key);
  }

  /// The text of a key: a name, a kind or a sentence, which messages may repeat.
  ///
  /// @throws IllegalArgumentException if it is missing or no text of one line
  public String text(String key) {
    String text = get(key, String.class, LINE);
    if (!isLine(text)) {
      throw wrong(key, LINE);
    }
    return text;
  }

  private static boolean isLine(String text) {
    return text.chars().noneMatch(Character::isISOControl);
  }

  /// The whole number of a key.
  ///
  /// @throws IllegalArgumentException if it is missing or no whole number
  public long whole(String key) {
    Number number = get(key, Number.class, "a whole number");
    if (number instanceof Long whole) {
      return whole;
    }
    throw wrong(key, "a whole number");
  }

  /// The whole number of a key that must fit an `int`.
  ///
  /// @throws IllegalArgumentException if it is missing, no whole number or too large
  public int integer(String key) {
    long whole = whole(key);
    if (whole != (int) whole) {
      throw wrong(key, "a whole number of 32 bits");
    }
    return (int) whole;
  }

  /// The number of a key.
  ///
  /// @throws IllegalArgumentException if it is missing or no number
  public double real(String key) {
    return get(key, Number.class, "a number").doubleValue();
  }

  /// The truth value of a key.
  ///
  /// @throws IllegalArgumentException if it is missing or another value
  public boolean truth(String key) {
    return get(key, Boolean.class, "true or false");
  }

  /// The object of a key.
  ///
  /// @throws IllegalArgumentException if it is missing or no object
  public JsonObject object(String key) {
    return get(key, JsonObject.class, "an object");
  }

  /// The objects in the array of a key.
  ///
  /// @throws IllegalArgumentException if it is missing or holds other things
  public List<JsonObject> objects(String key) {
    return elements(key, JsonObject.class, "an array of objects");
  }

  /// The texts in the array of a key, each as [#text] gives it.
  ///
  /// @throws IllegalArgumentException if it is missing or holds other things
  public List<String> texts(String key) {
    String what = "an array of texts of one line";
    List<String> texts = elements(key, String.class, what);
    if (!texts.stream().allMatch(JsonObject::isLine)) {
      throw wrong(key, what);
    }
    return texts;
  }

  private <T> List<T> elements(String key, Class<T> type, String what) {
    List<T> elements = new ArrayList<>();
    for (Object element : get(key, List.class, what)) {
      if (!type.isInstance(element)) {
        throw wrong(key, what);
      }
      elements.add(type.cast(element));
    }
    return List.copyOf(elements);
  }

  private <T> T get(String key, Class<T> type, String what) {
    Object value = values.get(key);
    if (value == null) {
      throw new IllegalArgumentException("'%s' is missing".formatted(key));
    }
    if (!type.isInstance(value)) {
      throw wrong(key, what);
    }
    return type.cast(value);
  }

  private IllegalArgumentException wrong(String key, String what) {
    String value = json(out -> write(out, Objects.requireNonNull(values.get(key))));
    return new IllegalArgumentException("'%s' must be %s, got %s".formatted(key, what, value));
  }

  /// Calls something for each value that is no object or array of objects, as text; those inside
  /// others have keys such as `network/layers` and `groups/0/name`.
  public void forEachText(BiConsumer<String, String> action) {
    forEachText("", action);
  }

  private void forEachText(String prefix, BiConsumer<String, String> action) {
    values.forEach((key, value) -> forEachText(prefix + key, value, action));
  }

  private static void forEachText(String key, Object value, BiConsumer<String, String> action) {
    switch (value) {
      case JsonObject object -> object.forEachText(key + "/", action);
      case List<?> array -> {
        for (int i = 0; i < array.size(); i++) {
          forEachText(key + "/" + i, array.get(i), action);
        }
      }
      case Object other -> action.accept(key, other.toString());
    }
  }

  /// Reads a JSON object from its text.
  ///
  /// @throws IOException if the text is not one JSON object of the kinds of values named above
  public static JsonObject parse(String text) throws IOException {
    try (JsonParser json = JSON.createParser(text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("a JSON object is expected");
      }
      JsonObject object = read(json, 0);
      if (json.nextToken() != null) {
        throw new IOException("something follows the JSON object");
      }
      return object;
    } catch (JacksonException e) { // whose message has a second line, of where it looked
      throw new IOException(
          "%s, at character %s".formatted(e.getOriginalMessage(), offset(e.getLocation())), e);
    }
  }

  private static long offset(@Nullable JsonLocation location) {
    return location == null ? 0 : location.getCharOffset();
  }

  private static JsonObject read(JsonParser json, int depth) throws IOException {
    if (depth > DEEPEST) {
      throw new IOException("the JSON object is nested too deeply");
    }
    Map<String, Object> values = new LinkedHashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String key = json.currentName();
      JsonToken token = json.nextToken();
      if (token != JsonToken.VALUE_NULL) {
        values.put(key, value(json, token, key, depth));
      }
    }
    if (json.currentToken() != JsonToken.END_OBJECT) {
      throw new IOException("the JSON object does not end");
    }
    return new JsonObject(values);
  }

  private static Object value(JsonParser json, JsonToken token, String key, int depth)
      throws IOException {
    if (token == JsonToken.START_OBJECT) {
      return read(json, depth + 1);
    } else if (token == JsonToken.START_ARRAY) {
      List<Object> elements = new ArrayList<>();
      for (JsonToken t; (t = json.nextToken()) != JsonToken.END_ARRAY; ) {
        if (t != JsonToken.START_OBJECT && t != JsonToken.VALUE_STRING) {
          throw new IOException(quoted(key) + " must hold objects or texts");
        }
        elements.add(value(json, t, key, depth));
      }
      return List.copyOf(elements);
    } else if (token == JsonToken.VALUE_NUMBER_INT) {
      return json.getLongValue();
    } else if (token == JsonToken.VALUE_NUMBER_FLOAT) {
      double number = json.getDoubleValue();
      if (Double.isInfinite(number)) {
        throw new IOException(quoted(key) + " is a number that is too large");
      }
      return number;
    } else if (token.isBoolean()) {
      return json.getBooleanValue();
    }
    return json.getText();
  }

  /// This object as JSON on one line.
  @Override
  public String toString() {
    return json(this::write);
  }

  /// A text as JSON, in one line whatever is in it.
  private static String quoted(String text) {
    return json(out -> out.writeString(text));
  }

  private static String json(Content content) {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      content.write(json);
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
    return out.toString();
  }

  /// What writes something as JSON.
  @FunctionalInterface
  private interface Content {
    void write(JsonGenerator json) throws IOException;
  }

  private void write(JsonGenerator json) throws IOException {
    json.writeStartObject();
    for (Map.Entry<String, Object> entry : values.entrySet()) {
      json.writeFieldName(entry.getKey());
      write(json, entry.getValue());
    }
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Object value) throws IOException {
    switch (value) {
      case JsonObject object -> object.write(json);
      case List<?> array -> {
        json.writeStartArray();
        for (Object element : array) {
          write(json, element);
        }
        json.writeEndArray();
      }
      case Double number when !Double.isFinite(number) -> json.writeNull();
      case Double number -> json.writeNumber(number);
      case Long number -> json.writeNumber(number);
      case Boolean truth -> json.writeBoolean(truth);
      case Object text -> json.writeString(text.toString());
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JsonObject object && object.values.equals(values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }
}
