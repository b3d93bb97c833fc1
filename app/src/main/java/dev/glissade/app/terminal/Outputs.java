package dev.glissade.app.terminal;

import dev.glissade.app.FailureException;
import dev.glissade.file.AtomicFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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

  /// Refuses an output that is an input, or another output.
  ///
  /// @throws IllegalArgumentException with the file that would be overwritten
  public static void requireApart(List<Path> inputs, List<Path> outputs) throws IOException {
    List<Path> taken = new ArrayList<>(inputs);
    for (Path output : outputs) {
      for (Path other : taken) {
        if (!isDevice(output) && isSame(output, other)) {
          throw new IllegalArgumentException(
              "%s would be overwritten: choose another file to write to".formatted(other));
        }
      }
      taken.add(output);
    }
  }

  private static boolean isSame(Path one, Path other) throws IOException {
    if (Files.exists(one) && Files.exists(other)) {
      return Files.isSameFile(one, other);
    }
    return one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
  }

  /// Writes text, whole or not at all.
  public static void write(Path file, String text) throws IOException {
    write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /// Writes bytes, whole or not at all. A link stays a link; what is no file, such as
  /// `/dev/stdout`, is written to as it is.
  ///
  /// @throws IOException if that fails
  public static void write(Path file, byte[] bytes) throws IOException {
    if (isDevice(file)) {
      try {
        Files.write(file, bytes);
      } catch (IOException e) {
        throw AtomicFiles.naming(file, e);
      }
    } else {
      AtomicFiles.write(Files.exists(file) ? file.toRealPath() : file, bytes);
    }
  }

  /// Whether there is something that is no file, which cannot be replaced by a new one.
  private static boolean isDevice(Path file) {
    return Files.exists(file) && !Files.isRegularFile(file);
  }
}
