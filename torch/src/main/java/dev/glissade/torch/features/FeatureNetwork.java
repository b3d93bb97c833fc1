package dev.glissade.torch.features;

import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/// A pretrained network whose activations describe an image. Immutable; any number of threads may
/// share one.
public interface FeatureNetwork {

  /// The names of the network's layers, from the pixels up.
  List<String> layers();

  /// The smallest height and width of an image with which all layers can be computed.
  int minExtent();

  /// Computes activations with libtorch's functions, so that they can be differentiated, in the
  /// precision of the pixels.
  ///
  /// @param pixels sRGB from 0 to 1, red, green, blue: `[batch][3][height][width]`. Other numbers
  ///   are allowed
  /// @param wanted some of the layers; what lies above the last of them is not computed
  /// @return by layer, `[batch][channels][height'][width']`
  Map<String, Tensor> activations(Tensor pixels, List<String> wanted);
}
