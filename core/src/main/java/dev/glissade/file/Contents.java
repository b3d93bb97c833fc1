package dev.glissade.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Reads whole files that anyone may have put where they lie: what is no regular file, or too large
/// to be what it should be, is refused before it is opened.
public final class Contents {

  private Contents() {}

  /// Reads all bytes of a file.
  ///
  /// @param what the file should be, for people, such as `a safetensors file`
  /// @param limit the most bytes that such a file has, at most 2³¹ − 65
  /// @throws MalformedFileException if it is a folder, a pipe or a device, whose end may never
  ///   come, or has more bytes
  public static byte[] read(Path file, String what, int limit) throws IOException {
    if (Files.isDirectory(file)) {
      throw new MalformedFileException(file, "is a folder, not " + what);
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new MalformedFileException(file, "is a pipe or a device, not " + what);
    }
    long size = Files.size(file);
    if (size > limit) {
      throw new MalformedFileException(
          file, "is too large for %s: %s bytes, at most %s".formatted(what, size, limit));
    }
    return Files.readAllBytes(file);
  }
}
