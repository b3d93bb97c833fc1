package dev.glissade.app.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.glissade.file.JsonObject;
import dev.glissade.file.MalformedFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// A writer of records as JSON. A number that is not finite becomes `null`, because JSON has no
/// other word for it, and so does an empty optional. A [Result] gets its [PageData] besides, which
/// are the only thing that is read again.
public final class Json {

  /// The key of a result's page data.
  private static final String PAGE = "page";

  private static final ObjectReader TREES = new JsonMapper().reader();

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(
              new SimpleModule()
                  .addSerializer(JsonObject.class, new Verbatim())
                  .addSerializer(Double.class, new FiniteOrNull())
                  .addSerializer(double.class, new FiniteOrNull())
                  .addSerializer(double[].class, new FiniteOrNullArray())
                  .addDeserializer(Double.class, new NaNForNull()))
          .addModule(new Jdk8Module())
          .build();

  private static final ObjectWriter WRITER = MAPPER.writerWithDefaultPrettyPrinter();

  private Json() {}

  /// Writes an object made of records, maps, lists, numbers and text.
  ///
  /// @return indented lines that end with a line feed
  /// @throws IllegalStateException if there is anything else in it, which is a mistake in the
  ///   program
  public static String write(Object value) {
    try {
      return WRITER.writeValueAsString(whole(value)) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot be written as JSON: " + value.getClass(), e);
    }
  }

  /// What is written: results, also those of a list, with their pages.
  private static Object whole(Object value) {
    return switch (value) {
      case Result result ->
          MAPPER.<ObjectNode>valueToTree(result).set(PAGE, MAPPER.valueToTree(PageData.of(result)));
      case List<?> list -> list.stream().map(Json::whole).toList();
      default -> value;
    };
  }

  /// Reads the page data of a result that [#write] wrote.
  ///
  /// @param file what to call it in messages
  /// @throws MalformedFileException if it is no JSON, or that of something else
  public static PageData page(Path file, byte[] json) throws IOException {
    try {
      JsonNode page = MAPPER.readTree(json).path(PAGE);
      if (!page.isObject()) {
        throw new MalformedFileException(
            file,
            "holds no page: compare, demo, experiment run, train, inspect and art write one into"
                + " their JSON");
      }
      return MAPPER.treeToValue(page, PageData.class);
    } catch (JsonProcessingException e) {
      throw new MalformedFileException(file, "is no result: " + e.getOriginalMessage());
    }
  }

  /// Writes page data on one line, for a script element: nothing in it can end that.
  static String inScript(PageData page) {
    return line(page).replace("<", "\\u003c");
  }

  /// Writes an object made of records, maps, lists, numbers and text on one line.
  public static String line(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
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

  /// The reader of single numbers.
  private static final class NaNForNull extends JsonDeserializer<Double> {
    @Override
    public Double deserialize(JsonParser json, DeserializationContext context) throws IOException {
      return json.getDoubleValue();
    }

    @Override
    public Double getNullValue(DeserializationContext context) {
      return Double.NaN;
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
