package dev.glissade.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/// Flat JSON objects: text and numbers by key.
public final class FlatJson {

  private static final JsonFactory JSON = new JsonFactory();

  private FlatJson() {}

  /// Writes an object on one line; numbers that are not finite become `null`.
  public static String write(Map<String, ?> object) {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      for (Map.Entry<String, ?> entry : object.entrySet()) {
        json.writeFieldName(entry.getKey());
        switch (entry.getValue()) {
          case Double d when !Double.isFinite(d) -> json.writeNull();
          case Double d -> json.writeNumber(d);
          case Integer i -> json.writeNumber(i);
          case Long l -> json.writeNumber(l);
          case Boolean b -> json.writeBoolean(b);
          case Object text -> json.writeString(text.toString());
        }
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
    return out.toString();
  }

  /// Reads an object; every value as text, `null` left out.
  ///
  /// @throws IOException if this is not one flat JSON object
  public static Map<String, String> read(String text) throws IOException {
    Map<String, String> object = new LinkedHashMap<>();
    try (JsonParser json = JSON.createParser(text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("a JSON object is expected");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String key = json.currentName();
        JsonToken value = json.nextToken();
        if (value.isStructStart()) {
          throw new IOException("'%s' must be text or a number".formatted(key));
        }
        if (value != JsonToken.VALUE_NULL) {
          object.put(key, json.getText());
        }
      }
      if (json.currentToken() != JsonToken.END_OBJECT) {
        throw new IOException("the JSON object does not end");
      }
    }
    return object;
  }
}
