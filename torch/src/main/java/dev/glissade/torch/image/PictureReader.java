package dev.glissade.torch.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;

/// Reads pictures by ImageIO, and takes their numbers for what their files say that they are. What
/// is not understood is refused.
final class PictureReader {

  /// Read and copied, then once more resized.
  private static final long BYTES_PER_PIXEL = 3 * 3 * Float.BYTES;

  /// More than a byte of a file can hold: DEFLATE makes 1,032 of one, which in a PNG of two colours
  /// are 8,256 pixels.
  private static final long PIXELS_PER_BYTE = 10_000;

  private static final String CAN = "JPEG and PNG can be read";
  private static final String FOUR_COLOURS = "Unsupported Image Type"; // ImageIO's words
  private static final String IN_CMYK =
      "is a JPEG in CMYK, which is for printing: convert it to RGB";
  private static final String HARMLESS = "extraneous bytes before marker"; // libjpeg's words

  private PictureReader() {}

  static Picture read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(
          file + (Files.exists(file) ? ": is a folder, not a picture" : ": no such file"));
    }
    try (ImageInputStream in = new FileImageInputStream(file.toFile())) {
      ImageReader reader = reader(file, in);
      try {
        reader.setInput(in, true, true);
        requirePossible(file, in.length(), reader.getWidth(0), reader.getHeight(0));
        requireMemory(file, reader.getWidth(0), reader.getHeight(0));
        return reader.getFormatName().equals("JPEG") ? jpeg(file, reader) : png(file, reader);
      } catch (IIOException | IllegalArgumentException | IndexOutOfBoundsException e) {
        throw new IOException(file + ": " + reason(e), e);
      } finally {
        reader.dispose();
      }
    }
  }

  static Picture plainJpeg(byte[] jpeg) throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(jpeg));
    if (image == null) {
      throw new IOException("not a picture");
    }
    return decode(
        image, new Meaning(new Colours.Standard(), Orientation.of(new byte[0]), List.of()));
  }

  private static ImageReader reader(Path file, ImageInputStream in) throws IOException {
    List<ImageReader> readers = new ArrayList<>();
    ImageIO.getImageReaders(in).forEachRemaining(readers::add);
    if (readers.isEmpty()) {
      throw new IOException("%s: is not a picture: %s".formatted(file, CAN));
    }
    ImageReader reader = readers.getFirst();
    String format = reader.getFormatName();
    if (!format.equals("JPEG") && !format.equals("png")) {
      reader.dispose();
      throw new IOException("%s: is of the format %s: %s, convert it".formatted(file, format, CAN));
    }
    return reader;
  }

  /// Java takes black for transparency where there are four colours, and tells of lost pixels only
  /// those who listen.
  private static Picture jpeg(Path file, ImageReader reader) throws IOException {
    List<String> warnings = new ArrayList<>();
    reader.addIIOReadWarningListener((_, warning) -> warnings.add(warning));
    BufferedImage image = reader.read(0);
    if (image.getRaster().getNumBands() > 3) {
      throw new Refusal(IN_CMYK);
    }
    for (String warning : warnings) {
      if (!warning.endsWith(HARMLESS)) {
        throw new Refusal("is damaged or cut off: " + warning);
      }
    }
    return decode(image, JpegMeaning.of(file, image.getColorModel().getNumColorComponents() == 1));
  }

  private static Picture png(Path file, ImageReader reader) throws IOException {
    BufferedImage image = reader.read(0);
    return decode(image, PngMeaning.of(file));
  }

  private static String reason(Exception e) {
    String message = String.valueOf(e.getMessage());
    if (e instanceof Refusal) {
      return message;
    }
    return message.startsWith(FOUR_COLOURS)
        ? IN_CMYK
        : "cannot be read as a picture (%s)".formatted(message);
  }

  /// Refuses what would be given memory for pixels that are not there.
  private static void requirePossible(Path file, long bytes, long width, long height)
      throws IOException {
    if (width * height > PIXELS_PER_BYTE * bytes) {
      throw new IOException(
          "%s: is damaged: %s bytes cannot hold %s x %s pixels"
              .formatted(file, bytes, width, height));
    }
  }

  private static void requireMemory(Path file, long width, long height) throws IOException {
    Runtime runtime = Runtime.getRuntime();
    long free = runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
    long needed = width * height * BYTES_PER_PIXEL;
    if (needed > free || 3 * width * height > Integer.MAX_VALUE - 8) {
      throw new IOException(
          ("%s: %s x %s pixels need %s MB of memory, %s MB are free: make it smaller, or"
                  + " give Java more (GLISSADE_JAVA_OPTIONS=-Xmx8g)")
              .formatted(file, width, height, needed >> 20, free >> 20));
    }
  }

  private static Picture decode(BufferedImage image, Meaning meaning) throws Refusal {
    int width = image.getWidth();
    int height = image.getHeight();
    Orientation orientation = meaning.orientation();
    PixelRows rows = new PixelRows(image, meaning);
    float[] pixels = new float[3 * width * height];
    for (int y = 0; y < height; y++) {
      float[] row = rows.onWhite(y);
      for (int x = 0; x < width; x++) {
        int to = orientation.index(x, y, width, height);
        for (int c = 0; c < 3; c++) {
          pixels[c * width * height + to] = row[3 * x + c];
        }
      }
    }
    int shown = orientation.width(width, height);
    return new Picture(shown, width * height / shown, pixels);
  }
}
