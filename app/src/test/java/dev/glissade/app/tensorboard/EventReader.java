package dev.glissade.app.tensorboard;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A reader of event files that shares nothing with the writer: frames, checksums and messages are
/// read byte by byte, as the formats of TFRecord, CRC-32C and protobuf describe them.
public final class EventReader {

  /// The polynomial of Castagnoli, its bits reversed.
  private static final int POLYNOMIAL = 0x82f63b78;

  private EventReader() {}

  /// An event.
  ///
  /// @param version of the file, if the event says it
  /// @param session the status of a session log; 0 for none
  public record Event(double time, long step, String version, int session, List<Value> values) {}

  /// A value of a summary.
  ///
  /// @param number NaN for a picture
  /// @param picture its file; empty for a number
  @SuppressWarnings("ArrayRecordComponent")
  public record Value(String tag, float number, long width, long height, byte[] picture) {}

  /// The events of all files of a folder, in the order of their names.
  public static List<Event> folder(Path folder) throws IOException {
    List<Event> events = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(it -> it.toString().contains("tfevents")).sorted().toList()) {
        events.addAll(file(Files.readAllBytes(file)));
      }
    }
    return events;
  }

  static List<Event> file(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    List<Event> events = new ArrayList<>();
    while (in.hasRemaining()) {
      int at = in.position();
      int length = Math.toIntExact(in.getLong());
      require(in.getInt() == masked(bytes, at, 8), "the checksum of a length");
      int from = in.position();
      in.position(from + length);
      require(in.getInt() == masked(bytes, from, length), "the checksum of an event");
      events.add(event(in.slice(from, length).order(ByteOrder.LITTLE_ENDIAN)));
    }
    return events;
  }

  private static int masked(byte[] bytes, int from, int length) {
    int crc = ~0;
    for (int i = from; i < from + length; i++) {
      crc ^= bytes[i] & 0xff;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ POLYNOMIAL;
      }
    }
    crc = ~crc;
    return ((crc >>> 15) | (crc << 17)) + 0xa282ead8;
  }

  private static void require(boolean right, String what) {
    if (!right) {
      throw new AssertionError(what + " is wrong");
    }
  }

  /// `message Event { double wall_time = 1; int64 step = 2; string file_version = 3; Summary
  /// summary = 5; SessionLog session_log = 7; }`
  private static Event event(ByteBuffer in) {
    double time = 0;
    long step = 0;
    String version = "";
    int session = 0;
    List<Value> values = new ArrayList<>();
    while (in.hasRemaining()) {
      switch ((int) number(in)) {
        case 1 << 3 | 1 -> time = in.getDouble();
        case 2 << 3 -> step = number(in);
        case 3 << 3 | 2 -> version = text(in);
        case 5 << 3 | 2 -> {
          ByteBuffer summary = message(in);
          while (summary.hasRemaining()) {
            require(number(summary) == (1 << 3 | 2), "a summary");
            values.add(value(message(summary)));
          }
        }
        case 7 << 3 | 2 -> {
          ByteBuffer log = message(in);
          require(number(log) == 1 << 3, "a session log");
          session = (int) number(log);
        }
        default -> throw new AssertionError("an event with a field that nobody wrote");
      }
    }
    return new Event(time, step, version, session, values);
  }

  /// `message Value { string tag = 1; float simple_value = 2; Image image = 4; }`
  private static Value value(ByteBuffer in) {
    String tag = "";
    float number = Float.NaN;
    long[] size = new long[4];
    byte[] picture = {};
    while (in.hasRemaining()) {
      switch ((int) number(in)) {
        case 1 << 3 | 2 -> tag = text(in);
        case 2 << 3 | 5 -> number = in.getFloat();
        case 4 << 3 | 2 -> {
          ByteBuffer image = message(in);
          while (image.hasRemaining()) {
            int field = (int) number(image);
            if (field == (4 << 3 | 2)) {
              ByteBuffer file = message(image);
              picture = new byte[file.remaining()];
              file.get(picture);
            } else { // height = 1, width = 2, colorspace = 3
              size[field >>> 3] = number(image);
            }
          }
          require(size[3] == 3, "the number of colours");
        }
        default -> throw new AssertionError("a value with a field that nobody wrote");
      }
    }
    return new Value(tag, number, size[2], size[1], picture);
  }

  private static long number(ByteBuffer in) {
    long number = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = in.get();
      number |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return number;
      }
    }
  }

  private static ByteBuffer message(ByteBuffer in) {
    int length = (int) number(in);
    ByteBuffer message = in.slice(in.position(), length).order(ByteOrder.LITTLE_ENDIAN);
    in.position(in.position() + length);
    return message;
  }

  private static String text(ByteBuffer in) {
    ByteBuffer text = message(in);
    return StandardCharsets.UTF_8.decode(text).toString();
  }
}
