package dev.glissade.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A safetensors file: named arrays of numbers and text metadata, with no code in it.
///
/// Format: 8 bytes with the length of the header, little-endian; the header, a JSON object; the
/// data. See <https://github.com/huggingface/safetensors>. What the reference implementation reads
/// is read, except names that occur twice, which the format forbids.
///
/// @param metadata texts by key
/// @param tensors the arrays by name, in order
public record Safetensors(JsonObject metadata, Map<String, Tensor> tensors) {

  /// One array of a file: its type, its shape and its bytes.
  ///
  /// @param dtype the type of its elements, as the format spells it, such as `F32`
  /// @param shape its extents; empty for a scalar
  /// @param data its elements, row-major, little-endian; a view from position 0 to the limit
  public record Tensor(String dtype, List<Integer> shape, ByteBuffer data) {

    /// A tensor of 32-bit floats.
    public static Tensor of(List<Integer> shape, float[] values) {
      ByteBuffer data = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
      data.asFloatBuffer().put(values);
      return new Tensor("F32", List.copyOf(shape), data);
    }

    /// The elements of an `F32` tensor, copied.
    public float[] floats() {
      if (!dtype.equals("F32")) {
        throw new IllegalArgumentException("a tensor of F32 is expected, got " + dtype);
      }
      float[] values = new float[data.limit() / 4];
      data.asFloatBuffer().get(values);
      return values;
    }
  }

  public Safetensors {
    metadata.keys().forEach(metadata::text); // throws if one is no text
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
  }

  /// The tensor of that name.
  ///
  /// @throws IllegalArgumentException if there is none
  public Tensor tensor(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("tensor '%s' is missing".formatted(name));
    }
    return tensor;
  }

  /// The elements of the `F32` tensor of that name.
  ///
  /// @throws IllegalArgumentException if there is none, or it is of another type
  public float[] floats(String name) {
    return tensor(name).floats();
  }

  /// Reads a file, checking everything in it before it is believed.
  ///
  /// @throws MalformedFileException if it is no safetensors file, or a damaged or a hostile one
  public static Safetensors read(Path file) throws IOException {
    return parse(file, Contents.read(file, "a safetensors file", Integer.MAX_VALUE - 64));
  }

  /// Reads the arrays of a file whose bytes are in memory already.
  ///
  /// @param name what to call the source in messages
  public static Safetensors parse(Path name, byte[] bytes) throws IOException {
    return new SafetensorsReader(name, bytes).read();
  }

  /// Writes this file whole or not at all.
  public void write(Path file) throws IOException {
    byte[] header = header();
    ByteBuffer length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    length.putLong(header.length);
    List<byte[]> parts = new ArrayList<>(List.of(length.array(), header));
    for (Tensor tensor : tensors.values()) {
      byte[] data = new byte[tensor.data.limit()];
      tensor.data.duplicate().rewind().get(data);
      parts.add(data);
    }
    AtomicFiles.write(file, parts.toArray(byte[][]::new));
  }

  /// The header, padded with spaces so that the data start at a multiple of 8 bytes.
  private byte[] header() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
      json.writeStartObject();
      json.writeObjectFieldStart("__metadata__");
      for (String key : metadata.keys().stream().sorted().toList()) {
        json.writeStringField(key, metadata.text(key));
      }
      json.writeEndObject();
      long offset = 0;
      for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
        Tensor tensor = entry.getValue();
        json.writeObjectFieldStart(entry.getKey());
        json.writeStringField("dtype", tensor.dtype);
        json.writeArrayFieldStart("shape");
        for (int extent : tensor.shape) {
          json.writeNumber(extent);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("data_offsets");
        json.writeNumber(offset);
        json.writeNumber(offset + tensor.data.limit());
        json.writeEndArray();
        json.writeEndObject();
        offset += tensor.data.limit();
      }
      json.writeEndObject();
    }
    byte[] text = out.toByteArray();
    byte[] padded = Arrays.copyOf(text, (text.length + 7) / 8 * 8);
    Arrays.fill(padded, text.length, padded.length, (byte) ' ');
    return padded;
  }
}
