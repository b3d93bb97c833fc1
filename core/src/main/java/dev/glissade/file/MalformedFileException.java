package dev.glissade.file;

import java.io.IOException;
import java.nio.file.Path;

/// A file does not hold what it should. The message names the file, the byte where it goes wrong if
/// there is one, and what is wrong.
public final class MalformedFileException extends IOException {

  private static final long serialVersionUID = 1L;

  /// Says what is wrong with the file as a whole.
  public MalformedFileException(Path file, String problem) {
    super("%s: %s".formatted(file, problem));
  }

  /// Says what is wrong, and where.
  ///
  /// @param offset of the first byte that is wrong
  public MalformedFileException(Path file, long offset, String problem) {
    super("%s: at byte %s: %s".formatted(file, offset, problem));
  }
}
