package dev.glissade.torch.features;

import dev.glissade.torch.Tensors;
import dev.glissade.torch.features.Convolution.Padding;
import dev.glissade.torch.internal.Scopes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/// The convolutions of VGG-19 up to conv5_1, or of a network that was distilled from it: 3×3
/// kernels with ReLU, and pooling between its five stages.
///
/// References: K. Simonyan, A. Zisserman, *Very deep convolutional networks for large-scale image
/// recognition*, 2014; H. Wang et al., *Collaborative distillation for ultra-resolution universal
/// style transfer*, CVPR 2020.
final class Vgg19 implements FeatureNetwork {

  private static final int[] CONVOLUTIONS = {2, 2, 4, 4, 1}; // in each stage

  private final List<Convolution> convolutions; // each before the ReLU of its layer
  private final List<String> layers;
  private final UnaryOperator<Tensor> preprocessing;
  private final Pooling pooling;
  private final int minExtent;

  private Vgg19(
      Weights weights,
      int[] channels, // of each stage
      Padding padding,
      UnaryOperator<Tensor> preprocessing,
      Pooling pooling,
      int minExtent)
      throws IOException {
    List<Convolution> all = new ArrayList<>();
    List<String> names = new ArrayList<>();
    int in = 3;
    for (int stage = 0; stage < CONVOLUTIONS.length; stage++) {
      for (int i = 1; i <= CONVOLUTIONS[stage]; i++) {
        String place = "%s_%s".formatted(stage + 1, i);
        names.add("relu" + place);
        all.add(weights.convolution("conv" + place, in, channels[stage], 3, 1, padding));
        in = channels[stage];
      }
    }
    this.convolutions = List.copyOf(all);
    this.layers = List.copyOf(names);
    this.preprocessing = preprocessing;
    this.pooling = pooling;
    this.minExtent = minExtent;
  }

  /// The original network, which sees red, green and blue from 0 to 255 minus their means.
  static Vgg19 original(Weights weights, Pooling pooling) throws IOException {
    Tensor mean =
        Scopes.keep(() -> Tensors.of(new float[] {123.68f, 116.779f, 103.939f}, 1, 3, 1, 1));
    return new Vgg19(
        weights,
        new int[] {64, 128, 256, 512, 512},
        Padding.ZEROS,
        x -> x.mul(new Scalar(255.0)).sub(mean.to(x.scalar_type())),
        pooling,
        16);
  }

  /// The distilled network, which has a transform of colours before its first layer.
  static Vgg19 distilled(Weights weights, Pooling pooling) throws IOException {
    Convolution colours = weights.convolution("conv0", 3, 3, 1, 1, Padding.NONE);
    return new Vgg19(
        weights,
        new int[] {16, 32, 64, 128, 128},
        Padding.REFLECTION,
        colours::apply,
        pooling,
        32); // reflection needs two pixels at least, also in the last stage
  }

  @Override
  public List<String> layers() {
    return layers;
  }

  @Override
  public int minExtent() {
    return minExtent;
  }

  @Override
  public Map<String, Tensor> activations(Tensor pixels, List<String> wanted) {
    var found = new Activations(this, wanted);
    Tensor x = preprocessing.apply(pixels);
    for (int i = 0; i < found.depth(); i++) {
      if (i > 0 && layers.get(i).endsWith("_1")) {
        x = pooling.apply(x, 2, false);
      }
      x = found.keep(layers.get(i), convolutions.get(i).apply(x).relu());
    }
    return found.byLayer();
  }
}
