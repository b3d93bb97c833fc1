package dev.glissade.app.terminal;

import dev.glissade.app.FailureException;
import dev.glissade.file.AtomicFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// A writer of files at the end of a command, and the check at its beginning whether it can write
/// them.
public final class Outputs {

  private Outputs() {}

  /// Makes the folder of a file, and tries whether the file can be written there. The file itself
  /// is not touched: it may hold an older result that is still wanted.
  ///
  /// @throws FailureException with one line that names the file or its folder
  public static void requireFile(Path file) throws FailureException {
    if (Files.isDirectory(file)) {
      throw new FailureException(file + ": is a folder, a file is expected");
    }
    if (!isDevice(file)) {
      requireFolder(file.toAbsolutePath().resolveSibling(""));
    }
  }

  /// Makes a folder, and tries whether files can be written there, by writing one: permissions
  /// alone do not tell, for example where the disk is read-only.
  ///
  /// @throws FailureException with one line that names the folder
  public static void requireFolder(Path folder) throws FailureException {
    try {
      Files.createDirectories(folder);
      Files.delete(Files.createTempFile(folder, ".glissade", ".tmp"));
    } catch (IOException e) {
      throw new FailureException(
          "cannot write to the folder %s: choose another, or see to its permissions"
              .formatted(folder));
    }
  }

  /// Writes text in UTF-8, whole or not at all.
  ///
  /// @throws IOException if that fails; what the file held before is then still there
  public static void write(Path file, String text) throws IOException {
    write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /// Writes bytes, whole or not at all. A link stays a link; what is no file, such as
  /// `/dev/stdout`, is written to as it is.
  ///
  /// @throws IOException if that fails
  public static void write(Path file, byte[] bytes) throws IOException {
    if (isDevice(file)) {
      Files.write(file, bytes);
    } else {
      AtomicFiles.write(Files.exists(file) ? file.toRealPath() : file, bytes);
    }
  }

  /// Whether there is something that is no file, which cannot be replaced by a new one.
  private static boolean isDevice(Path file) {
    return Files.exists(file) && !Files.isRegularFile(file);
  }
}
