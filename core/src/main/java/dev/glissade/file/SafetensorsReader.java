package dev.glissade.file;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import dev.glissade.file.Safetensors.Tensor;
import dev.glissade.file.SafetensorsHeader.Entry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads one safetensors file. Nothing is allocated by a number that the file claims before that
/// number has been checked against the file's length.
final class SafetensorsReader {

  private static final int START = Long.BYTES; // of the header, whose length comes before it

  /// The limit of the reference implementation.
  private static final long MAX_HEADER = 100_000_000;

  private final Path file;
  private final byte[] bytes;

  SafetensorsReader(Path file, byte[] bytes) {
    this.file = file;
    this.bytes = bytes;
  }

  Safetensors read() throws IOException {
    int headerLength = headerLength();
    int dataStart = START + headerLength;
    SafetensorsHeader header = header(decode(headerLength));
    checkRanges(header.entries(), dataStart);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Entry entry : header.entries()) {
      int length = (int) (entry.end() - entry.begin());
      ByteBuffer data =
          ByteBuffer.wrap(bytes, dataStart + (int) entry.begin(), length)
              .slice()
              .order(ByteOrder.LITTLE_ENDIAN);
      tensors.put(entry.name(), new Tensor(entry.dtype(), entry.shape(), data));
    }
    return new Safetensors(header.metadata(), tensors);
  }

  private int headerLength() throws MalformedFileException {
    if (bytes.length < START) {
      throw new MalformedFileException(
          file,
          "is no safetensors file: %s bytes, at least %s expected".formatted(bytes.length, START));
    }
    long length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (length < 2 || length > MAX_HEADER || length > bytes.length - START) {
      throw new MalformedFileException(
          file,
          0,
          "is no safetensors file or a truncated one: claims a header of %s bytes in %s"
              .formatted(Long.toUnsignedString(length), bytes.length));
    }
    return (int) length;
  }

  /// The header's text, which must be UTF-8: a reader of JSON would take other encodings, too.
  private String decode(int length) throws MalformedFileException {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder(); // reports what is malformed
    ByteBuffer in = ByteBuffer.wrap(bytes, START, length);
    CharBuffer out = CharBuffer.allocate(length); // no character has less than a byte
    CoderResult result = decoder.decode(in, out, true);
    if (result.isError()) {
      throw new MalformedFileException(file, in.position(), "the header is not UTF-8");
    }
    return out.flip().toString();
  }

  private SafetensorsHeader header(String text) throws IOException {
    try {
      return SafetensorsHeader.parse(text);
    } catch (JacksonException e) {
      throw new MalformedFileException(file, offset(text, e.getLocation()), e.getOriginalMessage());
    }
  }

  /// Where in the file a place in the header is. Not every error has a place.
  private static long offset(String text, @Nullable JsonLocation location) {
    long characters = location == null ? 0 : Math.clamp(location.getCharOffset(), 0, text.length());
    return (long) START
        + text.substring(0, (int) characters).getBytes(StandardCharsets.UTF_8).length;
  }

  /// The tensors must cover the data without holes or overlaps, as the format demands.
  private void checkRanges(List<Entry> entries, int dataStart) throws MalformedFileException {
    long position = 0;
    for (Entry entry :
        entries.stream()
            .sorted(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end))
            .toList()) {
      if (entry.begin() != position) {
        throw new MalformedFileException(
            file,
            dataStart + entry.begin(),
            "tensor '%s' %s the one before it"
                .formatted(
                    entry.name(), entry.begin() < position ? "overlaps" : "leaves a gap after"));
      }
      position = entry.end();
    }
    if (dataStart + position != bytes.length) {
      throw new MalformedFileException(
          file,
          bytes.length,
          "%s bytes of data expected, found %s: truncated or not this format"
              .formatted(position, bytes.length - dataStart));
    }
  }
}
