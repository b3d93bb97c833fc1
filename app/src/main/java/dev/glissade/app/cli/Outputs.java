package dev.glissade.app.cli;

import dev.glissade.internal.AtomicFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Files that a command writes at its end. Whether it can is found out at its beginning.
final class Outputs {

  private Outputs() {}

  /// Makes the folder of a file and sees to it that the file can be written there.
  ///
  /// @throws IOException if not
  static void requireFile(Path file) throws IOException, FailureException {
    if (Files.isDirectory(file)) {
      throw new FailureException(file + ": is a folder, a file is expected");
    }
    requireFolder(file.toAbsolutePath().resolveSibling(""));
  }

  /// Makes a folder and sees to it that files can be written there.
  ///
  /// @throws IOException if not
  static void requireFolder(Path folder) throws IOException, FailureException {
    Files.createDirectories(folder);
    try {
      Files.delete(Files.createTempFile(folder, ".glissade", ".tmp"));
    } catch (IOException e) {
      throw new FailureException("cannot write to the folder " + folder);
    }
  }

  /// Writes text, whole or not at all.
  static void write(Path file, String text) throws IOException {
    AtomicFiles.write(file, text.getBytes(StandardCharsets.UTF_8));
  }
}
