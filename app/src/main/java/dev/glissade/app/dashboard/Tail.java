package dev.glissade.app.dashboard;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/// The lines of a file to which another process appends, each read once it is whole. The file may
/// be replaced, cut short or not be there at all.
final class Tail {

  /// The bytes of the longest line that is read; longer ones are no metrics.
  private static final int LONGEST_LINE = 1 << 16;

  /// The bytes at its beginning by which a file is known.
  private static final int HEAD = 256;

  private final Path file;
  private final Runnable forget;
  private Optional<Object> key = Optional.empty();
  private byte[] head = new byte[0];
  private long position;
  private boolean tooLong; // the line at whose middle the position is
  private final ByteArrayOutputStream begun = new ByteArrayOutputStream(); // the line so far

  /// A file of which nothing has been read.
  ///
  /// @param forget is run when the file is another than before: its lines come from the first
  Tail(Path file, Runnable forget) {
    this.file = file;
    this.forget = forget;
  }

  /// Reads what was appended.
  void read(Consumer<String> lines) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      restart(Optional.empty());
      return;
    }
    Optional<Object> now =
        Optional.ofNullable(Files.readAttributes(file, BasicFileAttributes.class).fileKey());
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      byte[] first = first(channel, head.length);
      if (!now.equals(key) || channel.size() < position || !Arrays.equals(first, head)) {
        restart(now);
      }
      if (head.length < HEAD) {
        head = first(channel, HEAD);
      }
      channel.position(position);
      ByteBuffer buffer = ByteBuffer.allocate(LONGEST_LINE);
      while (channel.read(buffer) > 0) {
        position += buffer.position();
        take(buffer.array(), buffer.position(), lines);
        buffer.clear();
      }
    }
  }

  private static byte[] first(SeekableByteChannel channel, int most) throws IOException {
    ByteBuffer first = ByteBuffer.allocate(most);
    channel.position(0);
    while (first.hasRemaining() && channel.read(first) > 0) {}
    return Arrays.copyOf(first.array(), first.position());
  }

  private void restart(Optional<Object> now) {
    if (position > 0) {
      forget.run();
    }
    key = now;
    head = new byte[0];
    position = 0;
    tooLong = false;
    begun.reset();
  }

  private void take(byte[] bytes, int length, Consumer<String> lines) {
    int from = 0;
    for (int i = 0; i < length; i++) {
      if (bytes[i] == '\n') {
        keep(bytes, from, i);
        if (!tooLong) {
          lines.accept(begun.toString(StandardCharsets.UTF_8));
        }
        begun.reset();
        tooLong = false;
        from = i + 1;
      }
    }
    keep(bytes, from, length);
  }

  private void keep(byte[] bytes, int from, int to) {
    if (tooLong || begun.size() + to - from > LONGEST_LINE) {
      tooLong = true;
      begun.reset();
    } else {
      begun.write(bytes, from, to - from);
    }
  }
}
