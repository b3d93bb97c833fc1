package dev.glissade.torch.features;

import dev.glissade.torch.Tensors;
import dev.glissade.torch.features.Convolution.Padding;
import dev.glissade.torch.internal.Scopes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// SqueezeNet 1.1 without its classifier. Layer `conv1` is what follows its ReLU, `fire2` to
/// `fire9` are what the fire modules give.
///
/// Reference: F. Iandola et al., *SqueezeNet: AlexNet-level accuracy with 50x fewer parameters*,
/// 2016.
final class SqueezeNet implements FeatureNetwork {

  private static final int[] SQUEEZED = {16, 16, 32, 32, 48, 48, 64, 64}; // fire2 to fire9
  private static final int EXPANSION = 4; // channels of each expansion for one squeezed
  private static final Set<String> POOLED = Set.of("fire2", "fire4", "fire6"); // pooling before

  private final Convolution first;
  private final List<Fire> modules; // fire2 to fire9
  private final List<String> layers =
      List.of("conv1", "fire2", "fire3", "fire4", "fire5", "fire6", "fire7", "fire8", "fire9");
  private final Tensor mean;
  private final Pooling pooling;

  /// A fire module, which narrows to a few channels and then widens by two convolutions side by
  /// side.
  private record Fire(Convolution squeeze, Convolution expandOne, Convolution expandThree) {
    Tensor apply(Tensor x) {
      Tensor narrow = squeeze.apply(x).relu();
      return torch
          .cat(new TensorVector(expandOne.apply(narrow), expandThree.apply(narrow)), 1)
          .relu();
    }
  }

  SqueezeNet(Weights weights, Pooling pooling) throws IOException {
    this.first = weights.convolution("conv1", 3, 64, 3, 2, Padding.NONE);
    List<Fire> all = new ArrayList<>();
    int in = 64;
    for (int i = 0; i < SQUEEZED.length; i++) {
      String name = layers.get(i + 1);
      int narrow = SQUEEZED[i];
      int wide = EXPANSION * narrow;
      all.add(
          new Fire(
              weights.convolution(name + ".squeeze1x1", in, narrow, 1, 1, Padding.NONE),
              weights.convolution(name + ".expand1x1", narrow, wide, 1, 1, Padding.NONE),
              weights.convolution(name + ".expand3x3", narrow, wide, 3, 1, Padding.ZEROS)));
      in = 2 * wide;
    }
    this.modules = List.copyOf(all);
    this.mean = Scopes.keep(() -> Tensors.of(new float[] {123, 117, 104}, 1, 3, 1, 1));
    this.pooling = pooling;
  }

  @Override
  public List<String> layers() {
    return layers;
  }

  @Override
  public int minExtent() {
    return 24;
  }

  @Override
  public Map<String, Tensor> activations(Tensor pixels, List<String> wanted) {
    var found = new Activations(this, wanted);
    Tensor x = pixels.mul(new Scalar(255.0)).sub(mean.to(pixels.scalar_type()));
    for (int i = 0; i < found.depth(); i++) {
      if (POOLED.contains(layers.get(i))) {
        x = pooling.apply(x, 3, true);
      }
      Tensor y = i == 0 ? first.apply(x).relu() : modules.get(i - 1).apply(x);
      x = found.keep(layers.get(i), y);
    }
    return found.byLayer();
  }
}
