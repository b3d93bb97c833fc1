package dev.glissade.torch.image;

import dev.glissade.internal.AtomicFiles;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/// Writes pictures as PNG.
final class PngWriter {

  private PngWriter() {}

  static void write(Picture picture, Path file) throws IOException {
    var image = new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_RGB);
    int size = picture.width() * picture.height();
    for (int i = 0; i < size; i++) {
      int red = level(picture.pixels()[i]);
      int green = level(picture.pixels()[size + i]);
      int blue = level(picture.pixels()[2 * size + i]);
      image.setRGB(i % picture.width(), i / picture.width(), red << 16 | green << 8 | blue);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    AtomicFiles.write(file, bytes.toByteArray());
  }

  private static int level(float value) {
    return Math.round(255 * Math.clamp(value, 0f, 1f));
  }
}
