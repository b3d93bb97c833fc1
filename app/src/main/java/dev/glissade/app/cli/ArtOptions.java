package dev.glissade.app.cli;

import dev.glissade.app.art.ArtSettings;
import dev.glissade.torch.art.ArtLoss;
import dev.glissade.torch.art.ArtProblem.Start;
import dev.glissade.torch.features.FeatureNetworks;
import picocli.CommandLine.Option;

/// The options of `art` that say what picture is to be made; [ArtCommand] holds them next to those
/// that say how. Their ranges are those of [ArtSettings].
final class ArtOptions {

  @Option(
      names = "--size",
      paramLabel = "PIXELS",
      defaultValue = "256",
      description = "Pixels on the longer side (default: ${DEFAULT-VALUE}).")
  private int size;

  @Option(
      names = "--init",
      paramLabel = "START",
      defaultValue = "content",
      description = "What the picture starts as: content or noise (default: ${DEFAULT-VALUE}).")
  private Start init = Start.CONTENT;

  @Option(
      names = "--weights",
      paramLabel = "NETWORK",
      defaultValue = "vgg19",
      description =
          "The network that compares pictures: vgg19, or distilled and squeezenet, which are six"
              + " times as fast and coarser (default: ${DEFAULT-VALUE}).")
  private FeatureNetworks network = FeatureNetworks.VGG19;

  /// The weight of the content, 0 to a million.
  @Option(
      names = "--alpha",
      paramLabel = "X",
      description = "Weight of the content (default: ${DEFAULT-VALUE}).")
  private double alpha = ArtLoss.ALPHA;

  /// The weight of the style, 0 to a million.
  @Option(
      names = "--beta",
      paramLabel = "X",
      description = "Weight of the style (default: ${DEFAULT-VALUE}).")
  private double beta = ArtLoss.BETA;

  /// The weight of smoothness, 0 to a million.
  @Option(
      names = "--gamma",
      paramLabel = "X",
      description = "Weight of smoothness (default: ${DEFAULT-VALUE}).")
  private double gamma = ArtLoss.GAMMA;

  /// The settings that were given, or else the defaults.
  ///
  /// @throws IllegalArgumentException if something is out of its range
  ArtSettings settings() {
    return new ArtSettings(size, init, network, alpha, beta, gamma);
  }
}
