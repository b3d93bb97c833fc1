package dev.glissade.torch.image;

import dev.glissade.file.AtomicFiles;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import javax.imageio.ImageIO;

/// A picture in colour, whose pixels are numbers in sRGB.
///
/// @param width ≥ 1
/// @param height ≥ 1
/// @param pixels sRGB, from 0 to 1 in pictures that are read; red, then green, then blue, row by
///   row from the top: `[3][height][width]`, copied
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and on the way out
public record Picture(int width, int height, float[] pixels) {

  public Picture {
    if (width < 1 || height < 1 || pixels.length != Math.multiplyExact(3L * width, height)) {
      throw new IllegalArgumentException(
          "a picture of %s x %s needs 3 * %s * %s numbers, got %s"
              .formatted(width, height, width, height, pixels.length));
    }
    pixels = pixels.clone();
  }

  /// The numbers of the picture, `[3][height][width]`, a new array.
  @Override
  public float[] pixels() {
    return pixels.clone();
  }

  /// Reads a JPEG or a PNG. Grey becomes colour, transparency white; colour profiles and gamma are
  /// converted to sRGB; photos are turned the way the camera was held, if their EXIF data say so.
  /// What is damaged, cut off or not understood is refused.
  ///
  /// @throws IOException with one line that says what is wrong with the file, and what to do
  public static Picture read(Path file) throws IOException {
    return PictureReader.read(file);
  }

  /// The picture of a JPEG in memory that is known to be right: in sRGB, upright.
  ///
  /// @throws IllegalArgumentException if it is no JPEG
  public static Picture ofJpeg(byte[] jpeg) {
    try {
      return PictureReader.plainJpeg(jpeg);
    } catch (IOException e) {
      throw new IllegalArgumentException("no JPEG: " + e.getMessage(), e);
    }
  }

  /// A picture of independent numbers, uniform from 0 to 1.
  public static Picture noise(int width, int height, RandomGenerator random) {
    float[] pixels = new float[3 * width * height];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = random.nextFloat();
    }
    return new Picture(width, height, pixels);
  }

  /// This picture as Java's, with 8 bits a colour. Numbers below 0 or above 1 are cut off.
  public BufferedImage image() {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    int size = width * height;
    for (int i = 0; i < size; i++) {
      int red = level(pixels[i]);
      int green = level(pixels[size + i]);
      int blue = level(pixels[2 * size + i]);
      image.setRGB(i % width, i / width, red << 16 | green << 8 | blue);
    }
    return image;
  }

  private static int level(float value) {
    return Math.round(255 * Math.clamp(value, 0f, 1f));
  }

  /// This picture in the format of PNG files.
  public byte[] png() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image(), "png", bytes);
    return bytes.toByteArray();
  }

  /// Writes a PNG, whole or not at all.
  public void writePng(Path file) throws IOException {
    AtomicFiles.write(file, png());
  }

  /// A part of this picture.
  ///
  /// @param left the first column
  /// @param top the first row
  public Picture crop(int left, int top, int width, int height) {
    if (left < 0 || top < 0 || left > this.width - width || top > this.height - height) {
      throw new IllegalArgumentException(
          "%s x %s pixels at (%s, %s) are not all inside a picture of %s x %s"
              .formatted(width, height, left, top, this.width, this.height));
    }
    float[] part = new float[3 * width * height];
    for (int row = 0; row < 3 * height; row++) {
      int from = (row / height * this.height + top + row % height) * this.width + left;
      System.arraycopy(pixels, from, part, row * width, width);
    }
    return new Picture(width, height, part);
  }

  /// This picture with more or fewer pixels; see [Resampling] for how.
  public Picture resize(int width, int height) {
    return Resampling.resize(this, width, height);
  }

  /// This picture with this many pixels on its shorter side.
  public Picture resizeShorterSide(int pixels) {
    return scale(pixels / (double) Math.min(width, height));
  }

  /// This picture with this many pixels on its longer side.
  public Picture resizeLongerSide(int pixels) {
    return scale(pixels / (double) Math.max(width, height));
  }

  private Picture scale(double factor) {
    return resize(
        Math.max(1, (int) Math.round(width * factor)),
        Math.max(1, (int) Math.round(height * factor)));
  }

  /// This picture with left and right exchanged.
  public Picture mirrored() {
    float[] mirrored = new float[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      int column = i % width;
      mirrored[i - column + width - 1 - column] = pixels[i];
    }
    return new Picture(width, height, mirrored);
  }
}
