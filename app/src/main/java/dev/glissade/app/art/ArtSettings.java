package dev.glissade.app.art;

import dev.glissade.torch.art.ArtProblem.Start;
import dev.glissade.torch.features.FeatureNetworks;
import dev.glissade.torch.image.Picture;

/// What picture is to be made of a photo and a painting.
///
/// @param size pixels on the longer side
/// @param init what the picture starts as
/// @param network compares pictures
/// @param alpha weight of the content
/// @param beta weight of the style
/// @param gamma weight of smoothness
public record ArtSettings(
    int size, Start init, FeatureNetworks network, double alpha, double beta, double gamma) {

  static final int SMALLEST = 32; // the most that a feature network asks for
  private static final int LARGEST = 8192;
  private static final double HEAVIEST = 1e6;
  private static final int TUNING_SIZE = 64;

  /// Settings in their ranges.
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

  /// The size at which the shorter side has `pixels`.
  static int smallestSize(Picture picture, int pixels) {
    int longer = Math.max(picture.width(), picture.height());
    int shorter = Math.min(picture.width(), picture.height());
    return (int) Math.ceil((pixels - 0.5) * longer / shorter);
  }

  /// The settings that decide the loss, as text.
  String loss() {
    return "weights=%s,alpha=%s,beta=%s,gamma=%s".formatted(network.label(), alpha, beta, gamma);
  }
}
