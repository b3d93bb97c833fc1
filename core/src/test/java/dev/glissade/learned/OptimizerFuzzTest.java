package dev.glissade.learned;

import dev.glissade.Fuzz;
import dev.glissade.file.JsonObject;
import dev.glissade.file.Safetensors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files of learned optimizers that are not what they should be are taken or refused.
class OptimizerFuzzTest {

  @TempDir private Path folder;

  @Test
  void optimizers() throws IOException {
    List<byte[]> sound = new ArrayList<>();
    for (Pretrained pretrained : Pretrained.values()) {
      Path file = folder.resolve(pretrained.name());
      pretrained.load().save(file);
      sound.add(Files.readAllBytes(file));
    }
    Path name = Path.of("x");
    // most changes are to weights; so headers alone are tried as well
    Fuzz.run(
        1,
        60_000,
        sound,
        bytes ->
            TrainedOptimizer.from(name, Safetensors.parse(name, bytes), Architectures.standard()));
  }

  @Test
  void architectures() {
    List<byte[]> sound = new ArrayList<>();
    for (Pretrained pretrained : Pretrained.values()) {
      sound.add(
          pretrained.load().architecture().toJson().toString().getBytes(StandardCharsets.UTF_8));
    }
    Fuzz.run(
        2,
        100_000,
        sound,
        bytes ->
            Architectures.standard()
                .read(JsonObject.parse(new String(bytes, StandardCharsets.UTF_8))));
  }
}
