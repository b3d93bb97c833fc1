package dev.glissade.torch.image;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;

/// The chunks of a PNG file, but for those with the pixels. Their checksums are all right, which
/// ImageIO does not look at.
///
/// @param contents by name; the first where there are several
record PngChunks(Map<String, byte[]> contents) {

  private static final int SIGNATURE = 8; // bytes
  static final int LARGEST_KEPT = 16 << 20; // bytes; colour profiles have a few megabytes
  private static final String PIXELS = "IDAT";
  private static final String END = "IEND";

  /// Reads a file to its last chunk.
  ///
  /// @throws Refusal if it is damaged or ends before
  static PngChunks read(Path file) throws IOException {
    Map<String, byte[]> contents = new LinkedHashMap<>();
    try (var in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
      in.skipNBytes(SIGNATURE);
      String name;
      do {
        int length = in.readInt();
        byte[] letters = in.readNBytes(4);
        name = new String(letters, StandardCharsets.ISO_8859_1);
        CRC32 sum = new CRC32();
        sum.update(letters);
        boolean kept = !name.equals(PIXELS) && length <= LARGEST_KEPT;
        byte[] content = read(in, length, kept, sum);
        if (in.readInt() != (int) sum.getValue()) {
          throw new Refusal("is damaged: the checksum of %s is wrong".formatted(shown(name)));
        }
        if (kept) {
          contents.putIfAbsent(name, content);
        }
      } while (!name.equals(END));
    } catch (EOFException e) {
      throw new Refusal("is cut off", e);
    }
    return new PngChunks(contents);
  }

  /// A chunk for messages, which do not repeat what is no name of four letters.
  private static String shown(String name) {
    return name.matches("[A-Za-z]{4}") ? "chunk " + name : "a chunk without a name";
  }

  /// Reads the content of a chunk.
  ///
  /// @return empty unless it is kept
  private static byte[] read(DataInputStream in, int length, boolean kept, CRC32 sum)
      throws IOException {
    byte[] buffer = new byte[1 << 16];
    byte[] content = kept ? in.readNBytes(Math.max(0, length)) : new byte[0];
    sum.update(content);
    int left = length - content.length;
    while (left > 0) {
      int count = in.read(buffer, 0, Math.min(buffer.length, left));
      if (count < 0) {
        break;
      }
      sum.update(buffer, 0, count);
      left -= count;
    }
    if (left != 0) { // a length above 2³¹ is negative here
      throw new EOFException();
    }
    return content;
  }

  /// The content of a chunk.
  Optional<byte[]> find(String name) {
    return Optional.ofNullable(contents.get(name));
  }
}
