package dev.glissade.torch.problem;

import dev.glissade.torch.Blocks;
import dev.glissade.torch.Parameter;
import dev.glissade.torch.Tensors;
import dev.glissade.torch.TorchNetwork;
import dev.glissade.torch.data.ImageBatch;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/// The paper's network for CIFAR-10: three convolutions of 5×5 with 16 channels each, or another
/// number of them, a dense layer of 32 units and one with an output a class. Batch normalisation
/// and ReLU follow every layer but the last, and 2×2 max pooling every convolution.
///
/// What the paper leaves open is as in the authors' code: convolutions keep the extent (padding 2)
/// and have a bias; batch normalisation uses the minibatch's own mean and variance, adds 10⁻³ to
/// the variance, and has an offset (which starts at 0) but no scale; weights and biases start
/// normal.
///
/// Its parameters are `conv0/weights`, `[out][in][5][5]`, `conv0/bias`, `conv0/batch-norm/offset`,
/// …, `dense0/weights`, `[in][out]`, `dense0/bias`, `dense0/batch-norm/offset`, `dense1/weights`,
/// `dense1/bias`: 22,682 numbers for images of 32×32, 16 channels and ten classes. A bias before
/// batch normalisation is subtracted again with the mean. It is there because it is in the authors'
/// code, but the loss does not depend on it: it is left out, and its gradient is exactly zero.
///
/// References: M. Andrychowicz et al., *Learning to learn by gradient descent by gradient descent*,
/// NIPS 2016, section 3.3; for the details `problems.py` and `nn/` of
/// github.com/google-deepmind/learning-to-learn.
///
/// @param extent height and width of an image, a multiple of 8
/// @param channels of each convolution
/// @param classes how many outputs
/// @param start standard deviation of weights and biases at the start
/// @param precision of all that is as large as the images: convolutions, normalisation, pooling and
///   ReLU. Dense layers, means, variances and parameters keep the type of the parameters
record ConvolutionalNetwork(
    int extent, int channels, int classes, double start, Precision precision) {

  private static final int CONVOLUTIONS = 3;
  private static final int COLOURS = 3;
  private static final int KERNEL = 5;
  private static final int UNITS = 32;
  private static final double EPSILON = 1e-3; // added to a variance

  private static final long[] ONE = {1, 1};
  private static final long[] TWO = {2, 2};

  TorchNetwork<ImageBatch> network() {
    return TorchNetwork.of(parameters(), this::loss);
  }

  private List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>();
    for (int layer = 0; layer < CONVOLUTIONS; layer++) {
      int in = layer == 0 ? COLOURS : channels;
      parameters.add(
          Parameter.normal(conv(layer) + "weights", start, channels, in, KERNEL, KERNEL));
      parameters.add(Parameter.normal(conv(layer) + "bias", start, channels));
      parameters.add(Parameter.constant(conv(layer) + "batch-norm/offset", 0, channels));
    }
    int features = channels * (extent >> CONVOLUTIONS) * (extent >> CONVOLUTIONS);
    parameters.add(Parameter.normal("dense0/weights", start, features, UNITS));
    parameters.add(Parameter.normal("dense0/bias", start, UNITS));
    parameters.add(Parameter.constant("dense0/batch-norm/offset", 0, UNITS));
    parameters.add(Parameter.normal("dense1/weights", start, UNITS, classes));
    parameters.add(Parameter.normal("dense1/bias", start, classes));
    return parameters;
  }

  /// Computes the loss, with memory ordered with the channels last, which is what the convolutions
  /// are fastest with. Pooling comes before ReLU: as ReLU never falls, the maximum of ReLUs is the
  /// ReLU of the maximum, of which there are four times fewer.
  private Tensor loss(Blocks theta, ImageBatch batch) {
    Tensor x = precision.round(batch.pixels()).contiguous(torch.MemoryFormat.ChannelsLast);
    for (int layer = 0; layer < CONVOLUTIONS; layer++) {
      Tensor weights = precision.round(theta.get(conv(layer) + "weights"));
      Tensor y = torch.conv2d(x, weights, new TensorOptional(), ONE, TWO, ONE, 1);
      Tensor normal = normalise(y, theta.get(conv(layer) + "batch-norm/offset"));
      x = torch.max_pool2d(normal, TWO).relu();
    }
    Tensor weights = theta.get("dense0/weights");
    Tensor hidden = x.flatten(1, -1).to(weights.scalar_type()).matmul(weights);
    Tensor normal = normalise(hidden, theta.get("dense0/batch-norm/offset")).relu();
    Tensor logits = Tensors.dense(normal, theta.get("dense1/weights"), theta.get("dense1/bias"));
    return Tensors.crossEntropy(logits, batch.labels());
  }

  /// Normalises to zero mean and unit variance over the minibatch (and over the pixels), then the
  /// offset. A scale of ones stands for none, without which libtorch 2.10 cannot differentiate this
  /// twice.
  private static Tensor normalise(Tensor x, Tensor offset) {
    TensorOptional none = new TensorOptional();
    TensorOptional ones = new TensorOptional(torch.ones_like(offset).detach());
    TensorOptional offsets = new TensorOptional(offset);
    return torch.batch_norm(x, ones, offsets, none, none, true, 0, EPSILON, false);
  }

  private static String conv(int layer) {
    return "conv" + layer + "/";
  }
}
