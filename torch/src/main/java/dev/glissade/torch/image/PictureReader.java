package dev.glissade.torch.image;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;

/// Reads pictures from files by ImageIO.
final class PictureReader {

  private static final long BYTES_PER_PIXEL = 2 * 3 * Float.BYTES; // read, and once more resized

  private static final String FOUR_COLOURS = "Unsupported Image Type"; // ImageIO's words

  private PictureReader() {}

  static Picture read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(
          file + (Files.exists(file) ? ": is a folder, not a picture" : ": no such file"));
    }
    try (ImageInputStream in = new FileImageInputStream(file.toFile())) {
      int orientation = Orientation.of(in);
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new IOException(file + ": is not a picture: JPEG and PNG can be read");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in, true, true);
        requireMemory(file, reader.getWidth(0), reader.getHeight(0));
        BufferedImage image = reader.read(0);
        if (image.getRaster().getNumBands() == 4 && reader.getFormatName().equals("JPEG")) {
          throw new IIOException(FOUR_COLOURS); // Java would take black for transparency
        }
        return Orientation.upright(convert(image), orientation);
      } catch (IIOException | IllegalArgumentException | IndexOutOfBoundsException e) {
        throw new IOException(file + ": " + reason(e), e);
      } finally {
        reader.dispose();
      }
    }
  }

  private static String reason(Exception e) {
    String message = String.valueOf(e.getMessage());
    return message.startsWith(FOUR_COLOURS)
        ? "is a JPEG in CMYK, which is for printing: convert it to RGB"
        : "cannot be read as a picture (%s)".formatted(message);
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

  private static Picture convert(BufferedImage image) {
    ColorModel model = image.getColorModel();
    boolean asStored =
        !(model instanceof IndexColorModel)
            && (model.getNumColorComponents() == 1 || model.getColorSpace().isCS_sRGB());
    return asStored ? samples(image) : converted(image);
  }

  /// Takes the numbers of a picture as they are stored. Java holds grey for linear light and would
  /// make it lighter, though grey files mean sRGB; and it would cut 16 bits to 8.
  private static Picture samples(BufferedImage image) {
    ColorModel model = image.getColorModel();
    Raster raster = image.getRaster();
    int width = image.getWidth();
    int height = image.getHeight();
    int bands = raster.getNumBands();
    int colours = model.getNumColorComponents();
    float[] pixels = new float[3 * width * height];
    float[] row = new float[bands * width];
    for (int y = 0; y < height; y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int x = 0; x < width; x++) {
        float alpha = model.hasAlpha() ? level(row, x * bands + colours, model, colours) : 1;
        for (int c = 0; c < 3; c++) {
          int band = Math.min(c, colours - 1);
          float value = level(row, x * bands + band, model, band);
          pixels[(c * height + y) * width + x] = onWhite(value, alpha);
        }
      }
    }
    return new Picture(width, height, pixels);
  }

  private static float level(float[] row, int index, ColorModel model, int band) {
    return row[index] / ((1 << model.getComponentSize(band)) - 1);
  }

  /// Lets Java convert palettes and other colour spaces to sRGB of 8 bits.
  private static Picture converted(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    float[] pixels = new float[3 * width * height];
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int x = 0; x < width; x++) {
        float alpha = (row[x] >>> 24) / 255f;
        for (int c = 0; c < 3; c++) {
          float value = (row[x] >> (16 - 8 * c) & 0xff) / 255f;
          pixels[(c * height + y) * width + x] = onWhite(value, alpha);
        }
      }
    }
    return new Picture(width, height, pixels);
  }

  private static float onWhite(float value, float alpha) {
    return alpha * value + (1 - alpha);
  }
}
