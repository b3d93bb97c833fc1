package dev.glissade.torch.image;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/// The rows of what ImageIO has decoded. The numbers are taken as they are stored: Java holds grey
/// for linear light and would make it lighter, and it would cut 16 bits to 8.
///
/// @param image 1 or 3 colours of 16 bits at most, with or without transparency; or a palette
/// @param meaning what the file says of them
record PixelRows(BufferedImage image, Meaning meaning) {

  /// A row in sRGB, from 0 to 1, with white where it is transparent: red, green, blue of each
  /// pixel.
  float[] onWhite(int y) throws Refusal {
    Raster raster = image.getRaster();
    int width = image.getWidth();
    int bands = raster.getNumBands();
    int[] stored =
        raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, new int[bands * width]);
    float[] rgb = new float[3 * width];
    float[] alpha = new float[width];
    for (int x = 0; x < width; x++) {
      switch (image.getColorModel()) {
        case IndexColorModel palette -> lookUp(palette, stored[x], rgb, alpha, x);
        case ColorModel model -> scale(model, stored, x * bands, rgb, alpha, x);
      }
      if (meaning.isTransparent(rgb, 3 * x)) {
        alpha[x] = 0;
      }
    }
    meaning.colours().toSrgb(rgb);
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = alpha[i / 3] * rgb[i] + (1 - alpha[i / 3]);
    }
    return rgb;
  }

  private static void lookUp(
      IndexColorModel palette, int index, float[] rgb, float[] alpha, int x) {
    int colour = palette.getRGB(index);
    alpha[x] = (colour >>> 24) / 255f;
    for (int c = 0; c < 3; c++) {
      rgb[3 * x + c] = (colour >> (16 - 8 * c) & 0xff) / 255f;
    }
  }

  private static void scale(
      ColorModel model, int[] stored, int from, float[] rgb, float[] alpha, int x) {
    int colours = model.getNumColorComponents();
    alpha[x] = model.hasAlpha() ? level(model, stored, from, colours) : 1;
    for (int c = 0; c < 3; c++) {
      rgb[3 * x + c] = level(model, stored, from, Math.min(c, colours - 1));
    }
  }

  private static float level(ColorModel model, int[] stored, int from, int band) {
    return stored[from + band] / (float) ((1 << model.getComponentSize(band)) - 1);
  }
}
