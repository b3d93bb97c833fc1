package dev.glissade.torch.features;

import dev.glissade.problem.Labelled;
import dev.glissade.torch.data.DataFolder;
import dev.glissade.torch.internal.ShippedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/// The feature networks there are: where their weights lie, and how they are read. Those of
/// [#DISTILLED] ship with Glissade.
public enum FeatureNetworks implements Labelled {
  /// A network with 16 times fewer weights that was distilled from VGG-19.
  DISTILLED("", ""),

  /// VGG-19, the network of Gatys et al. 2015.
  VGG19("vgg19", "vgg19_conv1_1-conv5_1.safetensors"),

  /// SqueezeNet 1.1, a network with few weights of Iandola et al. 2016.
  SQUEEZENET("squeezenet", "squeezenet_v1.1_features.safetensors");

  private static final ShippedFile SHIPPED = new ShippedFile("features/distilled.safetensors");

  private final String dataSet; // empty if the weights ship
  private final String file;

  FeatureNetworks(String dataSet, String file) {
    this.dataSet = dataSet;
    this.file = file;
  }

  /// The number of bytes, about, that libtorch needs for one pixel of a picture while neural art's
  /// loss is differentiated. Measured as the growth of the process from 256×177 pixels to 768×530
  /// or 1280×883: 1,500 to 2,000, 4,300 and 1,100 to 1,300.
  public long bytesPerPixel() {
    return switch (this) {
      case DISTILLED -> 2_000;
      case VGG19 -> 5_000;
      case SQUEEZENET -> 1_500;
    };
  }

  /// The data set that the network's weights belong to; empty if they ship.
  public Optional<String> dataSet() {
    return Optional.of(dataSet).filter(name -> !name.isEmpty());
  }

  /// Whether the weights are there, be they right or not.
  public boolean isInPlace(DataFolder folder) {
    return switch (this) {
      case DISTILLED -> true;
      case VGG19, SQUEEZENET -> Files.isRegularFile(folder.of(dataSet).resolve(file));
    };
  }

  /// Reads the weights, which are not shared with other calls.
  ///
  /// @throws IOException with one line that says what is missing or wrong, and what to do
  public FeatureNetwork load(DataFolder folder, Pooling pooling) throws IOException {
    if (!isInPlace(folder)) {
      throw new IOException(
          "the weights of %s are missing: put %s into %s (docs/weights.md says what it is)"
              .formatted(label(), file, folder.of(dataSet)));
    }
    return switch (this) {
      case DISTILLED -> Vgg19.distilled(Weights.of(SHIPPED), pooling);
      case VGG19 -> Vgg19.original(weights(folder), pooling);
      case SQUEEZENET -> new SqueezeNet(weights(folder), pooling);
    };
  }

  private Weights weights(DataFolder folder) throws IOException {
    return Weights.read(folder.of(dataSet).resolve(file));
  }

  /// The layers whose Gram matrices are a picture's style in neural art.
  public List<String> styleLayers() {
    return switch (this) {
      case DISTILLED, VGG19 -> List.of("relu1_1", "relu2_1", "relu3_1", "relu4_1", "relu5_1");
      case SQUEEZENET -> List.of("conv1", "fire2", "fire3", "fire4", "fire6");
    };
  }

  /// The layer whose activations are a picture's content: relu4_2 or, one pixel in eight like it,
  /// the nearest that there is.
  public String contentLayer() {
    return switch (this) {
      case DISTILLED, VGG19 -> "relu4_2";
      case SQUEEZENET -> "fire5";
    };
  }
}
