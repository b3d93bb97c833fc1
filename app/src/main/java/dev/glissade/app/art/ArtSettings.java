package dev.glissade.app.art;

import dev.glissade.torch.art.ArtProblem.Start;
import dev.glissade.torch.features.FeatureNetworks;
import dev.glissade.torch.image.Picture;

/// The settings of a picture that is to be made of a photo and a painting.
///
/// @param size pixels on the longer side, 32 to 8192
/// @param init what the picture starts as
/// @param network compares pictures
/// @param alpha weight of the content, 0 to 1,000,000
/// @param beta weight of the style, likewise
/// @param gamma weight of smoothness, likewise
public record ArtSettings(
    int size, Start init, FeatureNetworks network, double alpha, double beta, double gamma) {

  static final int SMALLEST = 32; // the most that a feature network asks for
  private static final int LARGEST = 8192;
  private static final double HEAVIEST = 1e6;
  private static final int TUNING_SIZE = 64;

  /// Checks that the settings are in their ranges; messages name the options of `art`.
  public ArtSettings {
    if (size < SMALLEST || size > LARGEST) {
      throw new IllegalArgumentException(
          "--size must be from %s to %s, got %s".formatted(SMALLEST, LARGEST, size));
    }
    requireWeight("--alpha", alpha);
    requireWeight("--beta", beta);
    requireWeight("--gamma", gamma);
  }

  private static void requireWeight(String option, double value) {
    if (!(value >= 0 && value <= HEAVIEST)) {
      throw new IllegalArgumentException(
          "%s must be from 0 to 1000000, got %s".formatted(option, value));
    }
  }

  /// The size of the picture that learning rates are tuned on: its shorter side has 64 pixels, so
  /// that all of it costs seconds, unless the picture is smaller than that itself.
  int tuningSize(Picture content) {
    return Math.min(size, smallestSize(content, TUNING_SIZE));
  }

  /// The least size, in pixels on the longer side, at which the shorter side has `pixels`. Sides
  /// are rounded, so half a pixel less is enough.
  static int smallestSize(Picture picture, int pixels) {
    int longer = Math.max(picture.width(), picture.height());
    int shorter = Math.min(picture.width(), picture.height());
    return (int) Math.ceil((pixels - 0.5) * longer / shorter);
  }

  /// The settings that decide the loss, as a part of the name under which tuned rates are
  /// remembered.
  String loss() {
    return "weights=%s,alpha=%s,beta=%s,gamma=%s".formatted(network.label(), alpha, beta, gamma);
  }
}
