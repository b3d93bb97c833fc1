package dev.glissade.torch.art;

import dev.glissade.ParameterLayout;
import dev.glissade.torch.Parameter;
import dev.glissade.torch.TorchNetwork;
import dev.glissade.torch.TorchObjective;
import dev.glissade.torch.image.Picture;
import dev.glissade.torch.internal.Scopes;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// Makes pictures of one size by optimisation: θ is the picture, one block `pixels` of shape
/// `[3][height][width]`, sRGB from 0 to 1. Nothing keeps θ inside that range; what is outside is
/// cut off when the picture is written. Hessian-vector products are exact, too, except at kinks.
///
/// Immutable; share one among all pictures of a size.
public final class Stylisation {

  private static final String PIXELS = "pixels";

  private final ArtLoss loss;
  private final int width;
  private final int height;
  private final torch.ScalarType type;
  private final TorchNetwork<ArtLoss.Targets> network;

  /// A stylisation that makes pictures of one size.
  ///
  /// @throws IllegalArgumentException if they are too small for the loss's network
  public Stylisation(ArtLoss loss, int width, int height) {
    this(loss, width, height, torch.ScalarType.Float);
  }

  Stylisation(ArtLoss loss, int width, int height, torch.ScalarType type) {
    int min = loss.network().minExtent();
    if (Math.min(width, height) < min) {
      throw new IllegalArgumentException(
          "a picture needs %s x %s pixels at least, got %s x %s"
              .formatted(min, min, width, height));
    }
    this.loss = loss;
    this.width = width;
    this.height = height;
    this.type = type;
    TorchNetwork<ArtLoss.Targets> single =
        TorchNetwork.of(
            List.of(Parameter.constant(PIXELS, 0, 3, height, width)),
            (theta, targets) -> loss.of(theta.get(PIXELS), targets));
    this.network = type == torch.ScalarType.Double ? single.inDoublePrecision() : single;
  }

  /// The layout of a picture of this size.
  static ParameterLayout layout(int width, int height) {
    return ParameterLayout.of(PIXELS, 3, height, width);
  }

  /// The width of the pictures: pixels in a row.
  public int width() {
    return width;
  }

  /// The height of the pictures: rows of pixels.
  public int height() {
    return height;
  }

  /// The style of a painting, at the scale at which its shorter side is as long as the picture's.
  /// Keep it: any number of pictures may be made with it.
  public List<Tensor> style(Picture painting) {
    return loss.style(painting.resizeShorterSide(Math.min(width, height)), type);
  }

  /// The style of several paintings together: the weighted means of what [#style(Picture)] gives
  /// for each.
  ///
  /// @param styles at least one; only the ratios of their weights count
  public List<Tensor> style(List<WeightedStyle> styles) {
    double sum = styles.stream().mapToDouble(WeightedStyle::weight).sum();
    List<Tensor> mean = style(styles.getFirst(), sum);
    for (WeightedStyle next : styles.subList(1, styles.size())) {
      mean = added(mean, style(next, sum));
    }
    return mean;
  }

  private List<Tensor> style(WeightedStyle style, double sum) {
    Scalar share = new Scalar(style.weight() / sum);
    return style(style.painting()).stream().map(a -> Scopes.keep(() -> a.mul(share))).toList();
  }

  private static List<Tensor> added(List<Tensor> a, List<Tensor> b) {
    return IntStream.range(0, a.size())
        .mapToObj(i -> Scopes.keep(() -> a.get(i).add(b.get(i))))
        .toList();
  }

  /// The picture with this content and this style, as a problem of optimisation.
  ///
  /// @param content of this size
  /// @param style as [#style] gave it
  /// @param start of this size: θ₀
  public TorchObjective<ArtLoss.Targets> objective(
      Picture content, List<Tensor> style, Picture start) {
    requireSize(content);
    requireSize(start);
    var targets = new ArtLoss.Targets(loss.content(content, type), style);
    return new TorchObjective<>(network, start.pixels(), _ -> targets, 0);
  }

  private void requireSize(Picture picture) {
    if (picture.width() != width || picture.height() != height) {
      throw new IllegalArgumentException(
          "a picture of %s x %s is expected, got %s x %s"
              .formatted(width, height, picture.width(), picture.height()));
    }
  }

  /// The picture that parameters θ stand for, `float[3 · height · width]`, copied.
  public Picture picture(float[] parameters) {
    return new Picture(width, height, parameters.clone());
  }
}
