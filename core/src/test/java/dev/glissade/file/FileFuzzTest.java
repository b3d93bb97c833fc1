package dev.glissade.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glissade.Fuzz;
import dev.glissade.file.Safetensors.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files and JSON that are not what they should be are taken or refused, and nothing else.
class FileFuzzTest {

  private static final Path NAME = Path.of("x");

  @TempDir private Path folder;

  @Test
  void safetensors() throws IOException {
    Path file = folder.resolve("x");
    new Safetensors(
            JsonObject.empty().with("format", "x").with("history", "{\"a\":1}"),
            Map.of(
                "a/weights",
                Tensor.of(List.of(2, 3), new float[6]),
                "b",
                Tensor.of(List.of(1), new float[] {1})))
        .write(file);
    int taken =
        Fuzz.run(
            1,
            350_000,
            List.of(Files.readAllBytes(file)),
            bytes -> {
              for (Tensor tensor : Safetensors.parse(NAME, bytes).tensors().values()) {
                if (tensor.dtype().equals("F32")) {
                  tensor.floats();
                }
              }
            });
    assertThat(taken).isPositive(); // a bit of a weight is nobody's business
  }

  @Test
  void json() {
    List<byte[]> sound =
        List.of(
                "{\"a\":1,\"b\":[{\"c\":\"d\"}],\"e\":{\"f\":{\"g\":null}},\"h\":true,\"i\":-1.5e-3}",
                "{\"texts\":[\"x\",\"\\u00fc\\n\"],\"empty\":{},\"none\":[]}")
            .stream()
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .toList();
    Fuzz.run(
        2,
        200_000,
        sound,
        bytes -> {
          JsonObject object = JsonObject.parse(new String(bytes, StandardCharsets.UTF_8));
          assertThat(JsonObject.parse(object.toString())).isEqualTo(object);
        });
  }
}
