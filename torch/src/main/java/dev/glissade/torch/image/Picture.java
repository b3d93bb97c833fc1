package dev.glissade.torch.image;

import java.io.IOException;
import java.nio.file.Path;

/// A picture in colour. Treat its pixels as immutable.
///
/// @param width ≥ 1
/// @param height ≥ 1
/// @param pixels sRGB, from 0 to 1 in pictures that are read; red, then green, then blue, row by
///   row from the top: `[3][height][width]`
public record Picture(int width, int height, float[] pixels) {

  public Picture {
    if (width < 1 || height < 1 || pixels.length != Math.multiplyExact(3L * width, height)) {
      throw new IllegalArgumentException(
          "a picture of %d x %d needs 3 * %d * %d numbers, got %d"
              .formatted(width, height, width, height, pixels.length));
    }
  }

  /// Reads a JPEG, a PNG, or what else ImageIO can. Grey becomes colour, transparency white, other
  /// colour spaces sRGB.
  ///
  /// @throws IOException with one line that says what is wrong with the file, and what to do
  public static Picture read(Path file) throws IOException {
    return PictureReader.read(file);
  }

  /// Writes a PNG, 8 bits a colour, whole or not at all. Numbers below 0 or above 1 are cut off.
  public void writePng(Path file) throws IOException {
    PngWriter.write(this, file);
  }

  /// A part.
  ///
  /// @param left the first column
  /// @param top the first row
  public Picture crop(int left, int top, int width, int height) {
    if (left < 0 || top < 0 || left > this.width - width || top > this.height - height) {
      throw new IllegalArgumentException(
          "%d x %d pixels at (%d, %d) are not all inside a picture of %d x %d"
              .formatted(width, height, left, top, this.width, this.height));
    }
    float[] part = new float[3 * width * height];
    for (int row = 0; row < 3 * height; row++) {
      int from = (row / height * this.height + top + row % height) * this.width + left;
      System.arraycopy(pixels, from, part, row * width, width);
    }
    return new Picture(width, height, part);
  }

  /// The largest square in the middle.
  public Picture centreSquare() {
    int side = Math.min(width, height);
    return crop((width - side) / 2, (height - side) / 2, side, side);
  }

  /// The same picture with more or fewer pixels; see [Resampling] for how.
  public Picture resize(int width, int height) {
    return Resampling.resize(this, width, height);
  }

  /// The same picture with this many pixels on its shorter side.
  public Picture resizeShorterSide(int pixels) {
    double factor = pixels / (double) Math.min(width, height);
    return resize(
        Math.max(1, (int) Math.round(width * factor)),
        Math.max(1, (int) Math.round(height * factor)));
  }

  /// Left and right exchanged.
  public Picture mirrored() {
    float[] mirrored = new float[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      int column = i % width;
      mirrored[i - column + width - 1 - column] = pixels[i];
    }
    return new Picture(width, height, mirrored);
  }
}
