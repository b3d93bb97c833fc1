package dev.glissade.app.tensorboard;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.tensorflow.util.Event;

/// A file of events, each in a frame: its length in 8 bytes, little-endian, and their checksum; its
/// bytes, and theirs. A checksum is a CRC-32C that is turned and shifted, so that checksums of
/// bytes that hold checksums are none.
final class EventFile implements Closeable {

  private static final int LENGTH = Long.BYTES;
  private static final int CHECKSUM = Integer.BYTES;

  /// The bytes of the largest event that is read.
  private static final long LARGEST = 1 << 26;

  private final FileChannel channel;

  private EventFile(FileChannel channel) {
    this.channel = channel;
  }

  /// Makes a new file.
  static EventFile create(Path file) throws IOException {
    return new EventFile(
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
  }

  /// Appends an event.
  void append(Event event) throws IOException {
    byte[] data = event.toByteArray();
    ByteBuffer frame = buffer(LENGTH + CHECKSUM + data.length + CHECKSUM);
    frame.putLong(data.length);
    frame.putInt(checksum(frame.slice(0, LENGTH)));
    frame.put(data);
    frame.putInt(checksum(ByteBuffer.wrap(data)));
    frame.flip();
    while (frame.hasRemaining()) {
      channel.write(frame);
    }
  }

  /// Takes the events of later steps from the end of a file, and what was written in part.
  ///
  /// @param step the last that stays
  static void cutAfter(Path file, long step) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long end = 0;
      for (long next = next(channel, end, step); next > end; next = next(channel, end, step)) {
        end = next;
      }
      if (end < channel.size()) {
        channel.truncate(end);
      }
    }
  }

  /// Where a frame ends, if it is whole and its event stays; else where it begins.
  private static long next(FileChannel channel, long at, long step) throws IOException {
    ByteBuffer head = buffer(LENGTH + CHECKSUM);
    if (channel.read(head, at) < head.capacity()) {
      return at;
    }
    long length = head.getLong(0);
    if (head.getInt(LENGTH) != checksum(head.slice(0, LENGTH)) || length < 0 || length > LARGEST) {
      return at;
    }
    ByteBuffer body = buffer((int) length + CHECKSUM);
    long from = at + head.capacity();
    while (body.hasRemaining() && channel.read(body, from + body.position()) > 0) {}
    if (body.hasRemaining() || body.getInt((int) length) != checksum(body.slice(0, (int) length))) {
      return at;
    }
    return step(body.slice(0, (int) length)) <= step ? from + length + CHECKSUM : at;
  }

  /// The step of an event. The classes of its message are old: today's protobuf lets them write,
  /// and not read.
  private static long step(ByteBuffer event) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(event);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (WireFormat.getTagFieldNumber(tag) == Event.STEP_FIELD_NUMBER) {
        return in.readInt64();
      }
      in.skipField(tag);
    }
    return 0;
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int checksum(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
