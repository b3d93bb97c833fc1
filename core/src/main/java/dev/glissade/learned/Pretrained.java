package dev.glissade.learned;

import dev.glissade.file.Safetensors;
import dev.glissade.internal.Suggestions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// The learned optimizers that ship with Glissade. Each has a card in `docs/pretrained.md`: how it
/// was trained, and what it reaches.
public enum Pretrained {
  QUADRATIC,
  QUADRATIC_UNIFORM,
  DIGITS,
  MNIST,
  MNIST_ROBUST,
  CIFAR,
  CIFAR_SUB,
  ART,
  SMOOTH;

  /// The optimizer's name in lower case with hyphens, as on the command line behind `pretrained:`.
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The optimizer with this [#label].
  ///
  /// @throws IllegalArgumentException if there is none; the message lists those that there are
  public static Pretrained named(String label) {
    for (Pretrained pretrained : values()) {
      if (pretrained.label().equals(label)) {
        return pretrained;
      }
    }
    List<String> known = Arrays.stream(values()).map(Pretrained::label).toList();
    throw new IllegalArgumentException(Suggestions.unknown("pretrained optimizer", label, known));
  }

  /// Reads the optimizer and its weights from the jar.
  public TrainedOptimizer load() {
    String resource = "/dev/glissade/pretrained/" + label() + ".safetensors";
    try (InputStream in = Pretrained.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("this build of Glissade lacks the resource " + resource);
      }
      Path source = Path.of("pretrained:" + label());
      Safetensors stored = Safetensors.parse(source, in.readAllBytes());
      return TrainedOptimizer.from(source, stored, Architectures.standard());
    } catch (IOException e) {
      throw new IllegalStateException("this build of Glissade is damaged: " + e.getMessage(), e);
    }
  }
}
