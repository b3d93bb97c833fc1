package dev.glissade.torch.image;

/// Resizes pictures by a cubic filter (Catmull–Rom) along rows, then along columns. When a picture
/// gets smaller the filter is as much wider, so that every pixel counts and nothing is jagged.
///
/// It works in linear light, because a small picture should look like a large one from afar: where
/// black and white lines merge, half of the light must remain, which is 0.735 in sRGB and not 0.5.
/// Overshoots beyond black or white are cut off.
final class Resampling {

  private static final double SUPPORT = 2; // the filter is zero beyond, in pixels

  private Resampling() {}

  static Picture resize(Picture picture, int width, int height) {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "a picture has 1 x 1 pixels at least, got %s x %s".formatted(width, height));
    }
    if (width == picture.width() && height == picture.height()) {
      return picture;
    }
    float[] light = picture.pixels();
    for (int i = 0; i < light.length; i++) {
      light[i] = Srgb.toLight(light[i]);
    }
    // rows are turned into columns by each pass, so that two passes give rows again
    float[] narrow = pass(light, 3, picture.height(), picture.width(), width);
    float[] small = pass(narrow, 3, width, picture.height(), height);
    for (int i = 0; i < small.length; i++) {
      small[i] = Srgb.fromLight(Math.clamp(small[i], 0f, 1f));
    }
    return new Picture(width, height, small);
  }

  /// Resizes each row and transposes each plane: `[planes][rows][in]` to `[planes][out][rows]`.
  private static float[] pass(float[] from, int planes, int rows, int in, int out) {
    float[] to = new float[planes * rows * out];
    double scale = in / (double) out;
    double stretch = Math.max(1, scale);
    for (int o = 0; o < out; o++) {
      double centre = (o + 0.5) * scale - 0.5; // in pixels of the input
      int first = Math.max(0, (int) Math.ceil(centre - SUPPORT * stretch));
      int last = Math.min(in - 1, (int) Math.floor(centre + SUPPORT * stretch));
      float[] weights = weights(first, last, centre, stretch);
      for (int row = 0; row < planes * rows; row++) {
        float sum = 0;
        for (int i = 0; i < weights.length; i++) {
          sum += weights[i] * from[row * in + first + i];
        }
        int plane = row / rows;
        to[(plane * out + o) * rows + row % rows] = sum;
      }
    }
    return to;
  }

  /// The filter at each pixel from `first` to `last`, with sum 1.
  private static float[] weights(int first, int last, double centre, double stretch) {
    float[] weights = new float[last - first + 1];
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      double weight = filter((first + i - centre) / stretch);
      weights[i] = (float) weight;
      sum += weight;
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= (float) sum;
    }
    return weights;
  }

  private static double filter(double distance) {
    double x = Math.abs(distance);
    if (x < 1) {
      return (1.5 * x - 2.5) * x * x + 1;
    }
    return x < SUPPORT ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
  }
}
