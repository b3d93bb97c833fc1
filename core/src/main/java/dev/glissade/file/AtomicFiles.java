package dev.glissade.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Writes whole files so that a reader sees the old content or the new one, never a part: temporary
/// file next to it, fsync, rename, fsync of the folder. A write that fails (a full disk, say)
/// leaves the old file alone.
public final class AtomicFiles {

  /// A name, an identifier that no other write has, and an ending that nothing else reads.
  private static final Pattern TEMPORARY =
      Pattern.compile("[.].+[.]\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}[.]tmp");

  private AtomicFiles() {}

  /// Replaces the content of `file`; makes its folder if need be.
  public static void write(Path file, byte[]... parts) throws IOException {
    Path folder = file.toAbsolutePath().resolveSibling("");
    Files.createDirectories(folder);
    // not createTempFile, which keeps others from reading what it makes
    Path temporary = folder.resolve(".%s.%s.tmp".formatted(file.getFileName(), UUID.randomUUID()));
    try {
      try (FileChannel channel =
          FileChannel.open(temporary, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
        for (byte[] part : parts) {
          ByteBuffer buffer = ByteBuffer.wrap(part);
          while (buffer.hasRemaining()) {
            channel.write(buffer);
          }
        }
        channel.force(true);
      }
      move(temporary, file);
    } catch (IOException e) {
      throw naming(file, e);
    } finally {
      Files.deleteIfExists(temporary);
    }
    force(folder);
  }

  /// Moves a file to its name. A failure is told of that name: nobody knows the temporary one.
  private static void move(Path temporary, Path file) throws IOException {
    try {
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      FileSystemException named = new FileSystemException(file.toString(), null, e.getReason());
      named.initCause(e);
      throw named;
    }
  }

  /// Removes what processes that were killed while they wrote have left in a folder. Nobody may be
  /// writing there now.
  public static void sweep(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    List<Path> left;
    try (Stream<Path> entries = Files.list(folder)) {
      left = entries.filter(AtomicFiles::isTemporary).toList();
    }
    for (Path temporary : left) {
      Files.deleteIfExists(temporary);
    }
  }

  private static boolean isTemporary(Path file) {
    return TEMPORARY.matcher(file.getFileName().toString()).matches() && Files.isRegularFile(file);
  }

  /// Puts the new name itself on the disk, where the system lets a folder be opened. Elsewhere a
  /// crash may bring back the old file, whole.
  private static void force(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // the file is in place all the same
    }
  }

  /// The same failure, with the name of the file: that of a write on a full disk has none.
  public static IOException naming(Path file, IOException e) {
    if (e instanceof FileSystemException) {
      return e;
    }
    FileSystemException named = new FileSystemException(file.toString(), null, e.getMessage());
    named.initCause(e);
    return named;
  }
}
