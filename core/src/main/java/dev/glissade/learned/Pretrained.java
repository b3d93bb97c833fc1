package dev.glissade.learned;

import dev.glissade.file.Safetensors;
import dev.glissade.internal.Suggestions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/// The learned optimizers that ship with Glissade. Each has a card in `docs/pretrained.md`: how it
/// was trained, and what it reaches.
public final class Pretrained {

  private static final List<String> NAMES =
      List.of(
          "quadratic", "quadratic-uniform", "mnist", "mnist-robust", "cifar", "cifar-sub", "art");

  private Pretrained() {}

  /// Their names.
  public static List<String> names() {
    return NAMES;
  }

  /// The optimizer of that name.
  ///
  /// @throws IllegalArgumentException if there is none; the message lists those that there are
  public static TrainedOptimizer load(String name) {
    if (!NAMES.contains(name)) {
      throw new IllegalArgumentException(Suggestions.unknown("pretrained optimizer", name, NAMES));
    }
    String resource = "/dev/glissade/pretrained/" + name + ".safetensors";
    try (InputStream in = Pretrained.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("this build of Glissade lacks the resource " + resource);
      }
      Path source = Path.of("pretrained:" + name);
      return TrainedOptimizer.from(source, Safetensors.parse(source, in.readAllBytes()));
    } catch (IOException e) {
      throw new IllegalStateException("this build of Glissade is damaged: " + e.getMessage(), e);
    }
  }
}
