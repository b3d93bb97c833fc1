package dev.glissade.torch.data;

import dev.glissade.file.MalformedFileException;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// Reads a file that may be gzip-compressed, whatever its name, and says where it goes wrong.
/// Positions count unpacked bytes.
final class CheckedInput implements AutoCloseable {

  /// The ratio of compression that DEFLATE cannot exceed.
  private static final long MAX_RATIO = 1032;

  private final Path file;
  private final InputStream in;
  private final long limit; // the file cannot hold more unpacked bytes
  private long position;

  private CheckedInput(Path file, InputStream in, long limit) {
    this.file = file;
    this.in = in;
    this.limit = limit;
  }

  static CheckedInput open(Path file) throws IOException {
    return ofFile(file, unpacked(file), Files.size(file));
  }

  /// Reads a file whose bytes are in memory.
  ///
  /// @param file what to call it in messages
  static CheckedInput of(Path file, byte[] bytes) throws IOException {
    return ofFile(file, unpacked(file, new ByteArrayInputStream(bytes)), bytes.length);
  }

  /// The bytes of a file, unpacked if it is gzip-compressed.
  static InputStream unpacked(Path file) throws IOException {
    return unpacked(file, new BufferedInputStream(Files.newInputStream(file), 1 << 16));
  }

  private static InputStream unpacked(Path file, InputStream raw) throws IOException {
    try {
      raw.mark(2);
      boolean packed = raw.read() == 0x1f && raw.read() == 0x8b;
      raw.reset();
      return packed ? unpack(file, raw) : raw;
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  private static CheckedInput ofFile(Path file, InputStream in, long size) {
    return new CheckedInput(file, in, in instanceof GZIPInputStream ? size * MAX_RATIO : size);
  }

  /// Reads a file inside an archive, whose name is then `file`.
  static CheckedInput of(Path file, InputStream in, long size) {
    return new CheckedInput(file, in, size);
  }

  private static InputStream unpack(Path file, InputStream raw) throws IOException {
    try {
      return new GZIPInputStream(raw, 1 << 16);
    } catch (ZipException | EOFException e) {
      throw new MalformedFileException(file, 0, "damaged gzip header");
    }
  }

  /// What the file is called in messages.
  Path file() {
    return file;
  }

  /// How many bytes have been read.
  long position() {
    return position;
  }

  /// Reads bytes until `bytes[from..to)` is full.
  void read(byte[] bytes, int from, int to) throws IOException {
    int wanted = to - from;
    int got;
    try {
      got = in.readNBytes(bytes, from, wanted);
    } catch (EOFException e) {
      throw malformed(position, "truncated in the gzip stream");
    } catch (ZipException e) {
      throw malformed(position, "damaged gzip stream: " + e.getMessage());
    }
    if (got < wanted) {
      throw malformed(position + got, "truncated: %s more bytes expected".formatted(wanted - got));
    }
    position += wanted;
  }

  /// Reads a big-endian whole number of four bytes.
  int readInt() throws IOException {
    byte[] b = new byte[4];
    read(b, 0, 4);
    return ByteBuffer.wrap(b).getInt();
  }

  /// Refuses a file that cannot hold this many more bytes.
  void requireRoomFor(long bytes, long claimedAt) throws MalformedFileException {
    if (position + bytes > limit) {
      throw malformed(
          claimedAt, "claims %s bytes, more than the file can hold: truncated?".formatted(bytes));
    }
  }

  /// Refuses a file that has bytes after its end.
  void requireEnd() throws IOException {
    byte[] one = new byte[1];
    int got;
    try {
      got = in.readNBytes(one, 0, 1);
    } catch (EOFException | ZipException e) {
      throw malformed(position, "damaged end of the gzip stream: " + e.getMessage());
    }
    if (got > 0) {
      throw malformed(position, "the data should end here");
    }
  }

  MalformedFileException malformed(long offset, String problem) {
    return new MalformedFileException(file, offset, problem);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
