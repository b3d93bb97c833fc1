package dev.glissade.learned;

import dev.glissade.file.Safetensors;
import dev.glissade.internal.Suggestions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// The learned optimizers that ship with Glissade. Each has a card in `docs/pretrained.md`: how it
/// was trained, and what it reaches.
public enum Pretrained {
  /// For quadratics whose matrices and vectors are standard normal.
  QUADRATIC,

  /// For the quadratics of the paper's figure 4.
  QUADRATIC_UNIFORM,

  /// For a small network that reads handwritten digits of 8×8 pixels.
  DIGITS,

  /// For a network with one hidden layer of sigmoid units on MNIST.
  MNIST,

  /// For networks on MNIST with other activations and depths, and for longer runs.
  MNIST_ROBUST,

  /// For networks with one hidden layer on MNIST, and runs of thousands of steps: an LSTM with the
  /// inputs and the bounded updates of RNNprop.
  RNNPROP,

  /// For the same networks and runs: an LSTM that sees the size of the gradient and the time, too,
  /// so that its steps fade.
  MNIST_LONG,

  /// For networks on MNIST that start on a plateau, such as deeper ones than it was trained on: an
  /// LSTM with RNNprop's inputs and the sign of tiny gradients.
  MNIST_STARTS,

  /// For networks on MNIST with one hidden layer or two: an LSTM that is the update, whose outputs
  /// were trained by evolution on narrow networks of one layer.
  MNIST_LAYERS,

  /// For a convolutional network on CIFAR-10: two LSTMs that are the update, as in the paper.
  CIFAR_LSTM,

  /// For the same network: two LSTMs that were trained on five of the ten labels.
  CIFAR_LSTM_SUB,

  /// For the same network: LSTMs that correct Muon, whose rate is constant.
  CIFAR_MUON_LSTM,

  /// For the same network: LSTMs that correct Muon and were trained on five of the ten labels.
  CIFAR_MUON_LSTM_SUB,

  /// For the same network: Muon on a learned schedule.
  CIFAR,

  /// For the same network: a schedule that was learned on five of the ten labels.
  CIFAR_SUB,

  /// For the pixels of a picture in the style of a painting: an LSTM that is the update, as in the
  /// paper.
  ART_LSTM,

  /// For the same pixels: a quasi-Newton rule whose lengths and scales were set by hand, as
  /// trainings found nothing better.
  ART,

  /// For functions without noise, of 2 to 50 coordinates.
  SMOOTH,

  /// For functions and networks of which nothing is known, with noise or without, and for runs of
  /// any length.
  GENERAL;

  /// The one to take where none is known to be better.
  public static final Pretrained DEFAULT = GENERAL;

  /// The optimizer's name in lower case with hyphens, as on the command line behind `pretrained:`.
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The optimizer with this [#label].
  ///
  /// @throws IllegalArgumentException if there is none; the message lists those that there are
  public static Pretrained named(String label) {
    for (Pretrained pretrained : values()) {
      if (pretrained.label().equals(label)) {
        return pretrained;
      }
    }
    List<String> known = Arrays.stream(values()).map(Pretrained::label).toList();
    throw new IllegalArgumentException(Suggestions.unknown("pretrained optimizer", label, known));
  }

  /// Reads the optimizer and its weights from the jar.
  public TrainedOptimizer load() {
    String resource = "/dev/glissade/pretrained/" + label() + ".safetensors";
    try (InputStream in = Pretrained.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("this build of Glissade lacks the resource " + resource);
      }
      Path source = Path.of("pretrained:" + label());
      Safetensors stored = Safetensors.parse(source, in.readAllBytes());
      return TrainedOptimizer.from(source, stored, Architectures.standard());
    } catch (IOException e) {
      throw new IllegalStateException("this build of Glissade is damaged: " + e.getMessage(), e);
    }
  }
}
