package dev.glissade.file;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.glissade.file.Safetensors.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads one safetensors file. Nothing is allocated by a number that the file claims before that
/// number has been checked against the file's length.
final class SafetensorsReader {

  /// The limit of the reference implementation.
  private static final long MAX_HEADER = 100_000_000;

  private static final Map<String, Integer> ELEMENT_BYTES =
      Map.ofEntries(
          Map.entry("BOOL", 1),
          Map.entry("U8", 1),
          Map.entry("I8", 1),
          Map.entry("U16", 2),
          Map.entry("I16", 2),
          Map.entry("F16", 2),
          Map.entry("BF16", 2),
          Map.entry("U32", 4),
          Map.entry("I32", 4),
          Map.entry("F32", 4),
          Map.entry("U64", 8),
          Map.entry("I64", 8),
          Map.entry("F64", 8));

  private static final JsonFactory JSON =
      new JsonFactoryBuilder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /// One tensor as the header describes it; offsets count from the end of the header.
  private record Entry(String name, String dtype, List<Integer> shape, long begin, long end) {}

  private final Path file;
  private final byte[] bytes;
  private final Map<String, String> metadata = new LinkedHashMap<>();
  private final List<Entry> entries = new ArrayList<>();

  SafetensorsReader(Path file, byte[] bytes) {
    this.file = file;
    this.bytes = bytes;
  }

  Safetensors read() throws IOException {
    if (bytes.length < 8) {
      throw new MalformedFileException(
          file, "is no safetensors file: %s bytes, at least 8 expected".formatted(bytes.length));
    }
    long headerLength = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (headerLength < 2 || headerLength > MAX_HEADER || headerLength > bytes.length - 8) {
      throw new MalformedFileException(
          file,
          0,
          "is no safetensors file or a truncated one: claims a header of %s bytes in %s"
              .formatted(Long.toUnsignedString(headerLength), bytes.length));
    }
    try (JsonParser json = JSON.createParser(bytes, 8, (int) headerLength)) {
      readHeader(json);
    } catch (JacksonException e) {
      throw new MalformedFileException(
          file, 8 + Math.max(0, e.getLocation().getByteOffset()), e.getOriginalMessage());
    }
    int dataStart = 8 + (int) headerLength;
    checkRanges(dataStart);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Entry entry : entries) {
      int length = (int) (entry.end - entry.begin);
      ByteBuffer data =
          ByteBuffer.wrap(bytes, dataStart + (int) entry.begin, length)
              .slice()
              .order(ByteOrder.LITTLE_ENDIAN);
      tensors.put(entry.name, new Tensor(entry.dtype, entry.shape, data));
    }
    return new Safetensors(metadata, tensors);
  }

  private void readHeader(JsonParser json) throws IOException {
    expect(json, json.nextToken(), JsonToken.START_OBJECT, "the header must be a JSON object");
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      expect(
          json, json.nextToken(), JsonToken.START_OBJECT, "'%s' must be an object".formatted(name));
      if (name.equals("__metadata__")) {
        readMetadata(json);
      } else {
        entries.add(readEntry(json, name));
      }
    }
  }

  private void readMetadata(JsonParser json) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String key = json.currentName();
      expect(json, json.nextToken(), JsonToken.VALUE_STRING, "metadata must be text");
      metadata.put(key, json.getText());
    }
  }

  private Entry readEntry(JsonParser json, String name) throws IOException {
    String dtype = "";
    List<Long> shape = List.of();
    List<Long> offsets = List.of();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String key = json.currentName();
      JsonToken value = json.nextToken();
      switch (key) {
        case "dtype" -> {
          expect(json, value, JsonToken.VALUE_STRING, "dtype must be text");
          dtype = json.getText();
        }
        case "shape" -> shape = readNumbers(json, value);
        case "data_offsets" -> offsets = readNumbers(json, value);
        default ->
            throw malformed(json, "tensor '%s' has an unknown key '%s'".formatted(name, key));
      }
    }
    Integer width = ELEMENT_BYTES.get(dtype);
    if (width == null) {
      throw malformed(json, "tensor '%s' has an unknown dtype '%s'".formatted(name, dtype));
    }
    if (offsets.size() != 2) {
      throw malformed(json, "tensor '%s' needs two data_offsets".formatted(name));
    }
    long length = width;
    List<Integer> extents = new ArrayList<>();
    for (long extent : shape) {
      if (extent < 0 || (extent > 0 && length > bytes.length / extent)) {
        throw malformed(json, "tensor '%s' is larger than the file: %s".formatted(name, shape));
      }
      length *= extent;
      extents.add((int) extent);
    }
    if (offsets.get(1) - offsets.get(0) != length) {
      throw malformed(
          json,
          "tensor '%s' of %s%s has %s bytes, its data_offsets are %s"
              .formatted(name, dtype, shape, length, offsets));
    }
    return new Entry(name, dtype, List.copyOf(extents), offsets.get(0), offsets.get(1));
  }

  private List<Long> readNumbers(JsonParser json, JsonToken first) throws IOException {
    expect(json, first, JsonToken.START_ARRAY, "an array of whole numbers is expected");
    List<Long> numbers = new ArrayList<>();
    for (JsonToken t = json.nextToken(); t != JsonToken.END_ARRAY; t = json.nextToken()) {
      expect(json, t, JsonToken.VALUE_NUMBER_INT, "a whole number is expected");
      long number = json.getLongValue();
      if (number < 0 || number > Integer.MAX_VALUE || numbers.size() >= 64) {
        throw malformed(json, "an extent or offset is out of range: " + number);
      }
      numbers.add(number);
    }
    return numbers;
  }

  /// The tensors must cover the data without holes or overlaps, as the format demands.
  private void checkRanges(int dataStart) throws MalformedFileException {
    long position = 0;
    for (Entry entry :
        entries.stream()
            .sorted(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end))
            .toList()) {
      if (entry.begin != position) {
        throw new MalformedFileException(
            file,
            dataStart + entry.begin,
            "tensor '%s' %s the one before it"
                .formatted(entry.name, entry.begin < position ? "overlaps" : "leaves a gap after"));
      }
      position = entry.end;
    }
    if (dataStart + position != bytes.length) {
      throw new MalformedFileException(
          file,
          bytes.length,
          "%s bytes of data expected, found %s: truncated or not this format"
              .formatted(position, bytes.length - dataStart));
    }
  }

  private void expect(JsonParser json, JsonToken actual, JsonToken expected, String otherwise)
      throws MalformedFileException {
    if (actual != expected) {
      throw malformed(json, otherwise);
    }
  }

  private MalformedFileException malformed(JsonParser json, String problem) {
    return new MalformedFileException(
        file, 8 + Math.max(0, json.currentLocation().getByteOffset()), problem);
  }
}
