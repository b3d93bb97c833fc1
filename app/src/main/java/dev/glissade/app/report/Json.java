package dev.glissade.app.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.glissade.file.JsonObject;
import java.io.IOException;

/// A writer of records as JSON. A number that is not finite becomes `null`, because JSON has no
/// other word for it, and so does an empty optional. Nothing is read here.
public final class Json {

  private static final ObjectReader TREES = new JsonMapper().reader();

  private static final ObjectWriter WRITER =
      JsonMapper.builder()
          .addModule(
              new SimpleModule()
                  .addSerializer(JsonObject.class, new Verbatim())
                  .addSerializer(Double.class, new FiniteOrNull())
                  .addSerializer(double.class, new FiniteOrNull())
                  .addSerializer(double[].class, new FiniteOrNullArray()))
          .addModule(new Jdk8Module())
          .build()
          .writerWithDefaultPrettyPrinter();

  private Json() {}

  /// Writes an object made of records, maps, lists, numbers and text.
  ///
  /// @return indented lines that end with a line feed
  /// @throws IllegalStateException if there is anything else in it, which is a mistake in the
  ///   program
  public static String write(Object value) {
    try {
      return WRITER.writeValueAsString(value) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot be written as JSON: " + value.getClass(), e);
    }
  }

  private static void writeNumber(JsonGenerator json, double value) throws IOException {
    if (Double.isFinite(value)) {
      json.writeNumber(value);
    } else {
      json.writeNull();
    }
  }

  /// The writer of objects that are JSON already, such as settings and histories of trainings.
  private static final class Verbatim extends JsonSerializer<JsonObject> {
    @Override
    public void serialize(JsonObject value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeTree(TREES.readTree(value.toString()));
    }
  }

  /// The writer of single numbers.
  private static final class FiniteOrNull extends JsonSerializer<Double> {
    @Override
    public void serialize(Double value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      writeNumber(json, value);
    }
  }

  /// The writer of arrays of numbers, which Jackson does not take apart.
  private static final class FiniteOrNullArray extends JsonSerializer<double[]> {
    @Override
    public void serialize(double[] values, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeStartArray();
      for (double value : values) {
        writeNumber(json, value);
      }
      json.writeEndArray();
    }
  }
}
