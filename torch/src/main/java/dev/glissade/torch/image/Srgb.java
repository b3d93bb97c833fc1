package dev.glissade.torch.image;

/// The transfer function of sRGB (IEC 61966-2-1): between the numbers in a file and the light that
/// they stand for, both from 0 to 1.
final class Srgb {

  private Srgb() {}

  static float toLight(float value) {
    return value <= 0.04045f ? value / 12.92f : (float) Math.pow((value + 0.055) / 1.055, 2.4);
  }

  static float fromLight(float light) {
    return light <= 0.0031308f
        ? light * 12.92f
        : (float) (1.055 * Math.pow(light, 1 / 2.4) - 0.055);
  }
}
