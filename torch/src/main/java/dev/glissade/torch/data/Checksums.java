package dev.glissade.torch.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256 sums in hexadecimal.
final class Checksums {

  private Checksums() {}

  /// Of a file as it is.
  static String ofFile(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return of(in);
    }
  }

  /// Of what a file holds that may be gzip-compressed, whatever its name.
  static String ofContent(Path file) throws IOException {
    try (InputStream in = CheckedInput.unpacked(file)) {
      return of(in);
    }
  }

  private static String of(InputStream in) throws IOException {
    MessageDigest sha = sha256();
    byte[] buffer = new byte[1 << 16];
    for (int count; (count = in.read(buffer)) >= 0; ) {
      sha.update(buffer, 0, count);
    }
    return HexFormat.of().formatHex(sha.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
