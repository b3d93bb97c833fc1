package dev.glissade.torch.art;

import dev.glissade.torch.Tensors;
import dev.glissade.torch.data.DataFolder;
import dev.glissade.torch.features.FeatureNetwork;
import dev.glissade.torch.features.FeatureNetworks;
import dev.glissade.torch.features.Pooling;
import dev.glissade.torch.image.Picture;
import dev.glissade.torch.internal.Scopes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// The loss of neural art, which says how good a picture is: f = α·content + β·style + γ·roughness.
///
/// - content = ‖F − P‖² / ‖P‖², with F the activations of the picture and P those of the photo in
///   one layer.
/// - style = the mean over layers of ‖G − A‖² / ‖A‖², with G and A the Gram matrices of the picture
///   and of the painting: G = F·Fᵀ / (height · width).
/// - roughness, the total variation, = the mean square of the difference of neighbours, in x and y.
///
/// Each is relative or a mean, so that losses of different sizes of pictures and of different
/// networks compare: 0 is perfect, and content and style are about 1 for a picture that has nothing
/// of either. Gatys et al. give absolute sums, which grow with the size and differ by orders of
/// magnitude between layers; their α and β are not comparable.
///
/// @param network computes the activations
/// @param contentLayer of P
/// @param styleLayers of A
/// @param alpha ≥ 0
/// @param beta ≥ 0
/// @param gamma ≥ 0
public record ArtLoss(
    FeatureNetwork network,
    String contentLayer,
    List<String> styleLayers,
    double alpha,
    double beta,
    double gamma) {

  /// The weights of the three terms unless others are given. With them 150 steps of Adam at 128×128
  /// gave pictures with a visible style and no speckle, for `distilled` and `squeezenet`, and the
  /// gradients lie in the range that a learned optimizer's input resolves.
  public static final double ALPHA = 100;

  public static final double BETA = 1000;

  public static final double GAMMA = 1000;

  private static final double TINY = 1e-12; // keeps the quotient finite for black pictures

  public ArtLoss {
    styleLayers = List.copyOf(styleLayers);
  }

  /// The loss over the layers that the network names for content and style.
  ///
  /// @throws IOException with one line that says what is missing or wrong, and what to do
  public static ArtLoss load(
      FeatureNetworks which, DataFolder folder, double alpha, double beta, double gamma)
      throws IOException {
    return new ArtLoss(
        which.load(folder, Pooling.AVERAGE),
        which.contentLayer(),
        which.styleLayers(),
        alpha,
        beta,
        gamma);
  }

  /// The activations that a picture is compared with. Immutable, it lives as long as its Java
  /// object.
  ///
  /// @param content P, `[1][channels][height][width]`
  /// @param style A by style layer, `[channels][channels]`
  public record Targets(Tensor content, List<Tensor> style) {}

  /// The activations P of a photo, in the given precision.
  Tensor content(Picture photo, torch.ScalarType type) {
    return Scopes.keep(
        () -> activation(activations(photo, List.of(contentLayer), type), contentLayer));
  }

  /// The Gram matrices A of a painting, in the given precision.
  List<Tensor> style(Picture painting, torch.ScalarType type) {
    List<Tensor> grams = new ArrayList<>();
    try (PointerScope _ = new PointerScope()) {
      Map<String, Tensor> found = activations(painting, styleLayers, type);
      for (String layer : styleLayers) {
        grams.add(Scopes.keep(() -> gram(activation(found, layer))));
      }
    }
    return List.copyOf(grams);
  }

  private Map<String, Tensor> activations(
      Picture picture, List<String> layers, torch.ScalarType type) {
    Tensor pixels = Tensors.of(picture.pixels(), 3, picture.height(), picture.width());
    return network.activations(pixels.unsqueeze(0).to(type), layers);
  }

  /// Computes the loss f of a picture.
  ///
  /// @param pixels of the picture, sRGB from 0 to 1: `[3][height][width]`
  Tensor of(Tensor pixels, Targets targets) {
    List<String> layers = new ArrayList<>(styleLayers);
    layers.add(contentLayer);
    Map<String, Tensor> found = network.activations(pixels.unsqueeze(0), layers);
    Tensor content = relative(activation(found, contentLayer), targets.content());
    Tensor loss = content.mul(new Scalar(alpha));
    Scalar share = new Scalar(beta / styleLayers.size());
    for (int i = 0; i < styleLayers.size(); i++) {
      Tensor gram = gram(activation(found, styleLayers.get(i)));
      loss = loss.add(relative(gram, targets.style().get(i)).mul(share));
    }
    return loss.add(roughness(pixels).mul(new Scalar(gamma)));
  }

  private static Tensor activation(Map<String, Tensor> found, String layer) {
    Tensor activation = found.get(layer);
    if (activation == null) {
      throw new IllegalStateException("the network did not compute layer " + layer);
    }
    return activation;
  }

  private static Tensor relative(Tensor actual, Tensor target) {
    Tensor size = target.square().sum().add(new Scalar(TINY));
    return actual.sub(target).square().sum().div(size);
  }

  /// The Gram matrix of the activations of one layer.
  ///
  /// @param activations `[1][channels][height][width]`
  /// @return F·Fᵀ / (height · width), `[channels][channels]`
  private static Tensor gram(Tensor activations) {
    Tensor rows = activations.squeeze(0).flatten(1, -1);
    return rows.matmul(rows.t()).div(new Scalar((double) rows.size(1)));
  }

  private static Tensor roughness(Tensor pixels) {
    return step(pixels, 1).add(step(pixels, 2));
  }

  /// The mean square of the difference of neighbours along a dimension.
  private static Tensor step(Tensor pixels, long dimension) {
    long count = pixels.size(dimension) - 1;
    Tensor ahead = pixels.narrow(dimension, 1, count);
    return ahead.sub(pixels.narrow(dimension, 0, count)).square().mean();
  }
}
