package dev.glissade.torch.data;

import dev.glissade.internal.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// SHA-256 sums in hexadecimal.
final class Checksums {

  private Checksums() {}

  /// The SHA-256 sum of a file as it is.
  static String ofFile(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return Sha256.of(in);
    }
  }

  /// The SHA-256 sum of what a file holds that may be gzip-compressed, whatever its name.
  static String ofContent(Path file) throws IOException {
    try (InputStream in = CheckedInput.unpacked(file)) {
      return Sha256.of(in);
    }
  }
}
