package dev.glissade.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.glissade.file.Safetensors.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
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
    new Safetensors(JsonObject.empty().with("key", "välue \"quoted\""), tensors).write(file);

    Safetensors read = Safetensors.read(file);
    assertThat(read.metadata()).isEqualTo(JsonObject.empty().with("key", "välue \"quoted\""));
    assertThat(read.tensors().keySet()).containsExactly("b", "a");
    assertThat(read.floats("b")).containsExactly(1, 2, 3, -4, Float.MIN_VALUE, 1e30f);
    assertThat(read.floats("a")).containsExactly(7);
    assertThat(read.tensor("b").shape()).containsExactly(2, 3);
  }

  @Test
  void writingLeavesNoTemporaryFileBehind() throws IOException {
    new Safetensors(JsonObject.empty(), Map.of()).write(folder.resolve("x.safetensors"));
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
        "{\"__metadata__\":1} | 0 | the metadata must be an object",
        "{\"x\":null} | 0 | 'x' must be an object",
        "{}garbage | 0 | Unrecognized token 'garbage'",
        "{}{\"x\":1} | 0 | something follows the header's JSON object",
        "{\"x\":{\"dtype\":\"F32\",\"data_offsets\":[0,4]}} | 4 | needs a dtype, a shape",
        "{\"x\":{\"shape\":[1],\"data_offsets\":[0,4]}} | 4 | needs a dtype, a shape",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4,8]}} | 4 | two data_offsets",
        "{\"x\":{\"dtype\":\"F4\",\"shape\":[3],\"data_offsets\":[0,1]}} | 1 | ends inside a byte",
        "{\"x\":{\"dtype\":\"F4\",\"shape\":[2147483647,2147483647,2],\"data_offsets\":[0,1]}} | 1"
            + " | larger than the file",
        "{\"\\ud800\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}} | 4 | half of a"
            + " character",
        "{\"__metadata__\":{\"k\":\"\\udc00\"}} | 0 | half of a character",
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
    new Safetensors(JsonObject.empty().with("k", "v"), Map.of("x", Tensor.of(List.of(3), values)))
        .write(file);
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> Safetensors.parse(NAME, part))
          .isInstanceOf(MalformedFileException.class);
    }
  }

  /// What the reference implementation reads, though nothing here may ask for it.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"__metadata__\":null,\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}} |"
            + " 4",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[1000,0],\"data_offsets\":[0,0]}} | 0",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[2147483647,2147483647,0],\"data_offsets\":[0,0]}} |"
            + " 0",
        "{\"x\":{\"dtype\":\"F8_E4M3\",\"shape\":[4],\"data_offsets\":[0,4]}} | 4",
        "{\"x\":{\"dtype\":\"F8_E8M0\",\"shape\":[4],\"data_offsets\":[0,4]}} | 4",
        "{\"x\":{\"dtype\":\"F6_E2M3\",\"shape\":[4],\"data_offsets\":[0,3]}} | 3",
        "{\"x\":{\"dtype\":\"F4\",\"shape\":[8],\"data_offsets\":[0,4]}} | 4",
        "{\"x\":{\"dtype\":\"BF16\",\"shape\":[2],\"data_offsets\":[0,4]}} | 4",
        "{\"x\":{\"dtype\":\"C64\",\"shape\":[1],\"data_offsets\":[0,8]}} | 8",
        "{\"x\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1],\"more\":{\"y\":[1]}}} | 1"
      })
  void readsWhatTheReferenceReads(String header, int dataBytes) throws IOException {
    Safetensors read = Safetensors.parse(NAME, file(header, new byte[dataBytes]));
    assertThat(read.metadata()).isEqualTo(JsonObject.empty());
    assertThat(read.tensor("x").data().limit()).isEqualTo(dataBytes);
  }

  @Test
  void lengthIsNoReasonToRefuseNamesTextsAndShapes() throws IOException {
    String name = "x".repeat(60_000);
    String text = "y".repeat(21_000_000);
    String shape = "1,".repeat(70) + "2";
    String header =
        "{\"__metadata__\":{\"%s\":\"%s\"},\"%s\":{\"dtype\":\"U8\",\"shape\":[%s],\"data_offsets\":[0,2]}}"
            .formatted(name, text, name, shape);
    Safetensors read = Safetensors.parse(NAME, file(header, new byte[2]));
    assertThat(read.metadata()).isEqualTo(JsonObject.empty().with(name, text));
    assertThat(read.tensor(name).shape()).hasSize(71);
  }

  @Test
  void longNamesAndDeepNestingAreRefusedInFewWords() {
    String name = "x".repeat(60_000);
    String wrong =
        "{\"%s\":{\"dtype\":\"Q9\",\"shape\":[1],\"data_offsets\":[0,4]}}".formatted(name);
    assertThatThrownBy(() -> Safetensors.parse(NAME, file(wrong, new byte[4])))
        .isInstanceOf(MalformedFileException.class)
        .message()
        .hasSizeLessThan(200)
        .contains("xxx…' (60000 characters) has an unknown dtype");
    String deep = "{\"x\":{\"more\":%s%s}}".formatted("[".repeat(3000), "]".repeat(3000));
    assertThatThrownBy(() -> Safetensors.parse(NAME, file(deep, new byte[4])))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("nesting depth");
  }

  /// One JSON object, in UTF-8, is what the reference implementation takes; readers of JSON often
  /// take more.
  @Test
  void headersThatAreNotUtf8AreRefused() {
    String header = "{\"é\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}";
    for (Charset other : List.of(StandardCharsets.ISO_8859_1, StandardCharsets.UTF_16BE)) {
      assertThatThrownBy(() -> Safetensors.parse(NAME, file(header.getBytes(other), new byte[4])))
          .isInstanceOf(MalformedFileException.class);
    }
    byte[] cutOff = Arrays.copyOf("{}é".getBytes(StandardCharsets.UTF_8), 3);
    assertThatThrownBy(() -> Safetensors.parse(NAME, file(cutOff, new byte[0])))
        .hasMessage("bad.safetensors: at byte 10: the header is not UTF-8");
    assertThatThrownBy(() -> Safetensors.parse(NAME, file("\ufeff{}", new byte[0])))
        .isInstanceOf(MalformedFileException.class);
    assertThatThrownBy(() -> Safetensors.parse(NAME, file("{}\0\0", new byte[0])))
        .isInstanceOf(MalformedFileException.class);
  }

  @Test
  void placesAreCountedInBytes() {
    assertThatThrownBy(() -> Safetensors.parse(NAME, file("{\"ééé\":1}", new byte[0])))
        .hasMessage("bad.safetensors: at byte 19: 'ééé' must be an object");
  }

  /// What has no end, or none before somebody writes into it.
  @Test
  @EnabledOnOs(OS.LINUX)
  void pipesAndDevicesAreNotWaitedFor() throws Exception {
    Path pipe = folder.resolve("pipe.safetensors");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    for (Path file : List.of(pipe, Path.of("/dev/zero"))) {
      assertTimeoutPreemptively(
          Duration.ofSeconds(10),
          () ->
              assertThatThrownBy(() -> Safetensors.read(file))
                  .hasMessage(file + ": is a pipe or a device, not a safetensors file"));
    }
  }

  private static byte[] file(String header, byte[] data) {
    return file(header.getBytes(StandardCharsets.UTF_8), data);
  }

  private static byte[] file(byte[] text, byte[] data) {
    return ByteBuffer.allocate(8 + text.length + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(text.length)
        .put(text)
        .put(data)
        .array();
  }
}
