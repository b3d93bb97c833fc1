package dev.glissade.torch.image;

import com.drew.imaging.jpeg.JpegProcessingException;
import com.drew.imaging.jpeg.JpegSegmentData;
import com.drew.imaging.jpeg.JpegSegmentReader;
import com.drew.imaging.jpeg.JpegSegmentType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a JPEG file says before its pixels.
final class JpegMeaning {

  /// Begins the parts of a colour profile; the part's number and that of all parts follow.
  private static final byte[] PROFILE = "ICC_PROFILE\0".getBytes(StandardCharsets.US_ASCII);

  private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);

  private JpegMeaning() {}

  /// What a file says. ImageIO applies the profiles of pictures in colour itself.
  ///
  /// @param grey whether the picture has no colour
  static Meaning of(Path file, boolean grey) throws IOException {
    JpegSegmentData segments = segments(file);
    byte[] profile = profile(segments.getSegments(JpegSegmentType.APP2));
    Colours colours =
        grey && profile.length > 0 ? Colours.Profiled.of(profile, 1) : new Colours.Standard();
    byte[] exif = exif(segments.getSegments(JpegSegmentType.APP1));
    return new Meaning(colours, Orientation.of(exif), List.of());
  }

  private static JpegSegmentData segments(Path file) throws IOException {
    try {
      return JpegSegmentReader.readSegments(
          file.toFile(), List.of(JpegSegmentType.APP1, JpegSegmentType.APP2));
    } catch (JpegProcessingException e) {
      throw new Refusal(String.valueOf(e.getMessage()), e);
    }
  }

  private static byte[] exif(Iterable<byte[]> segments) {
    for (byte[] segment : segments) {
      if (startsWith(segment, EXIF)) {
        return Arrays.copyOfRange(segment, EXIF.length, segment.length);
      }
    }
    return new byte[0];
  }

  private static byte[] profile(Iterable<byte[]> segments) {
    int start = PROFILE.length + 2;
    Map<Integer, byte[]> parts = new TreeMap<>();
    for (byte[] segment : segments) {
      if (segment.length >= start && startsWith(segment, PROFILE)) {
        parts.put(segment[PROFILE.length] & 0xff, segment);
      }
    }
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    parts.values().forEach(part -> whole.write(part, start, part.length - start));
    return whole.toByteArray();
  }

  private static boolean startsWith(byte[] segment, byte[] start) {
    return segment.length >= start.length
        && Arrays.equals(segment, 0, start.length, start, 0, start.length);
  }
}
