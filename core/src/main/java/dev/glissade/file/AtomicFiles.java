package dev.glissade.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/// Writes whole files so that a reader sees the old content or the new one, never a part: temporary
/// file next to it, fsync, rename. A write that fails (a full disk, say) leaves the old file alone.
public final class AtomicFiles {

  private AtomicFiles() {}

  /// Replaces the content of `file`; makes its folder if need be.
  public static void write(Path file, byte[]... parts) throws IOException {
    Path folder = file.toAbsolutePath().resolveSibling("");
    Files.createDirectories(folder);
    // not createTempFile, which keeps others from reading what it makes
    String name = ".%s.%s.tmp".formatted(file.getFileName(), UUID.randomUUID());
    Path temporary = folder.resolve(name);
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
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw naming(file, e);
    } finally {
      Files.deleteIfExists(temporary);
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
