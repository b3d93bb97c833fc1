package dev.glissade.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glissade.file.Safetensors.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A file is read back as it was written, and nothing a damaged or hostile file claims is believed.
class SafetensorsTest {

  private static final Path NAME = Path.of("bad.safetensors");

  @TempDir private Path folder;

  @Test
  void readsWhatItWrote() throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("b", Tensor.of(List.of(2, 3), new float[] {1, 2, 3, -4, Float.MIN_VALUE, 1e30f}));
    tensors.put("a", Tensor.of(List.of(), new float[] {7}));
    Path file = folder.resolve("x.safetensors");
    new Safetensors(Map.of("key", "välue \"quoted\""), tensors).write(file);

    Safetensors read = Safetensors.read(file);
    assertThat(read.metadata()).containsExactly(Map.entry("key", "välue \"quoted\""));
    assertThat(read.tensors().keySet()).containsExactly("b", "a");
    assertThat(read.floats("b")).containsExactly(1, 2, 3, -4, Float.MIN_VALUE, 1e30f);
    assertThat(read.floats("a")).containsExactly(7);
    assertThat(read.tensor("b").shape()).containsExactly(2, 3);
  }

  @Test
  void writingLeavesNoTemporaryFileBehind() throws IOException {
    new Safetensors(Map.of(), Map.of()).write(folder.resolve("x.safetensors"));
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(folder.resolve("x.safetensors"));
    }
  }

  /// The layout of the format itself, byte by byte, as another reader sees it.
  @Test
  void readsAFileMadeByHand() throws IOException {
    String header = "{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}";
    Safetensors read = Safetensors.parse(NAME, file(header, new byte[] {0, 0, (byte) 0x80, 0x3f}));
    assertThat(read.floats("x")).containsExactly(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[] | 0 | the header must be a JSON object",
        "{\"x\":1} | 0 | 'x' must be an object",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]} | 4 | end-of-input",
        "{\"x\":{\"dtype\":\"Q9\",\"shape\":[1],\"data_offsets\":[0,4]}} | 4 | unknown dtype 'Q9'",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}} | 4 | out of range",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[2147483647,2147483647],\"data_offsets\":[0,4]}} | 4 |"
            + " larger than the file",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[99999999999],\"data_offsets\":[0,4]}} | 4 | out of"
            + " range",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}} | 4 | has 8 bytes, its"
            + " data_offsets",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,0]}} | 4 | data_offsets",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0]}} | 4 | two data_offsets",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}} | 8 | leaves a gap",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"y\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}"
            + " | 4 | overlaps",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}} | 3 | truncated",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}} | 5 | 4 bytes of data"
            + " expected, found 5",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[1.5],\"data_offsets\":[0,4]}} | 4 | a whole number is"
            + " expected",
        "{\"__metadata__\":{\"k\":1}} | 0 | metadata must be text",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]},\"x\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}}"
            + " | 0 | Duplicate"
      })
  void rejectsWhatTheFormatForbids(String header, int dataBytes, String message) {
    assertThatThrownBy(() -> Safetensors.parse(NAME, file(header, new byte[dataBytes])))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageStartingWith("bad.safetensors: ")
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MAX_VALUE, -1, 100_000_001, 1000, 0, 1})
  void rejectsAHeaderLengthThatCannotBe(long length) {
    byte[] bytes = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array();
    assertThatThrownBy(() -> Safetensors.parse(NAME, bytes))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("no safetensors file or a truncated one");
  }

  /// Every prefix of a good file is a clear error, never another exception.
  @Test
  void rejectsEveryTruncation() throws IOException {
    Path file = folder.resolve("x.safetensors");
    float[] values = {1, 2, 3};
    new Safetensors(Map.of("k", "v"), Map.of("x", Tensor.of(List.of(3), values))).write(file);
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> Safetensors.parse(NAME, part))
          .isInstanceOf(MalformedFileException.class);
    }
  }

  private static byte[] file(String header, byte[] data) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + text.length + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(text.length)
        .put(text)
        .put(data)
        .array();
  }
}
