package dev.glissade.torch.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/// A file that ships in the jar of this module.
///
/// @param name its path below this module's package, with slashes
public record ShippedFile(String name) {

  private static final String ROOT = "/dev/glissade/torch/";

  /// The content of the file.
  ///
  /// @throws IllegalStateException if this build lacks it
  public byte[] bytes() {
    try (InputStream in = ShippedFile.class.getResourceAsStream(ROOT + name)) {
      if (in == null) {
        throw new IllegalStateException("this build of Glissade lacks the resource " + ROOT + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("this build of Glissade is damaged: " + e.getMessage(), e);
    }
  }

  /// A path that names the file in messages; there is nothing on disk.
  public Path path() {
    return Path.of("glissade-torch.jar", name);
  }
}
