package dev.glissade.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// The version of Glissade, from a file that the build fills in. Reports and `--version` name it.
public final class Version {

  /// The version, such as `0.2.0`.
  public static final String TEXT = read();

  private Version() {}

  /// Reads the version. The file is packed with the classes: that it is missing can only be a
  /// mistake of the build.
  private static String read() {
    try (InputStream in = Version.class.getResourceAsStream("/dev/glissade/app/version.txt")) {
      byte[] bytes = Objects.requireNonNull(in, "version.txt").readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
