package dev.glissade.torch.problem;

import dev.glissade.Problem;
import dev.glissade.torch.Minibatches;
import dev.glissade.torch.TorchNetwork;
import dev.glissade.torch.TorchProblem;
import dev.glissade.torch.data.ImageBatch;
import dev.glissade.torch.data.ImageData;
import dev.glissade.torch.data.ImageSource;
import dev.glissade.torch.data.ImageSubset;
import dev.glissade.torch.data.PixelFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.bytedeco.pytorch.global.torch;

/// The images that a network learns to tell apart. They are read when the first objective is
/// sampled.
///
/// @param source where they come from
/// @param extent their height and width
/// @param labels the labels that are used, the first of which is class 0; empty for all
/// @param count how many images with these labels there are, the first of each split; 0 for all
/// @param format what the network sees
/// @param batch images in a minibatch
record ImageClassification(
    ImageSource source,
    int extent,
    List<Integer> labels,
    int count,
    PixelFormat format,
    int batch) {

  Problem problem(String name, TorchNetwork<ImageBatch> network) {
    return TorchProblem.of(name, network, (split, _) -> minibatches(split, torch.ScalarType.Float));
  }

  Minibatches<ImageBatch> minibatches(Problem.Split split, torch.ScalarType type) {
    ImageSubset all = load().images(split);
    ImageSubset used = labels.isEmpty() ? all : all.withLabels(labels);
    ImageSubset first = count == 0 ? used : used.first(count);
    return first.minibatches(batch, format, type);
  }

  private ImageData load() {
    try {
      ImageData data = ImageData.load(source);
      if (!data.isSquare(extent)) {
        throw new IOException(
            "%s, but not of %s x %s pixels, which this problem needs"
                .formatted(data.summary(), extent, extent));
      }
      return data;
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }
}
