package dev.glissade.app.cli;

import dev.glissade.app.art.ArtSettings;
import dev.glissade.app.terminal.Console;
import dev.glissade.torch.art.ArtLoss;
import dev.glissade.torch.art.ArtProblem.Start;
import dev.glissade.torch.data.DataFolder;
import dev.glissade.torch.features.FeatureNetworks;
import java.util.Optional;
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
      description =
          "The network that compares pictures: vgg19, or distilled and squeezenet, which are six"
              + " times as fast and coarser (default: vgg19 if its weights are in place, else"
              + " distilled, which ships).")
  private Optional<FeatureNetworks> network = Optional.empty();

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

  /// The settings that were given, or else the defaults. Where the network is not given and its
  /// weights are not in place, the console is told which one it is.
  ///
  /// @param folder of data sets
  /// @throws IllegalArgumentException if something is out of its range
  ArtSettings settings(DataFolder folder, Console console) {
    return new ArtSettings(
        size, init, network.orElseGet(() -> best(folder, console)), alpha, beta, gamma);
  }

  private static FeatureNetworks best(DataFolder folder, Console console) {
    if (FeatureNetworks.VGG19.isInPlace(folder)) {
      return FeatureNetworks.VGG19;
    }
    console.note(
        "Comparing pictures by --weights distilled, which ships; with vgg19 strokes are finer:"
            + " docs/weights.md says how to put it in place");
    return FeatureNetworks.DISTILLED;
  }
}
