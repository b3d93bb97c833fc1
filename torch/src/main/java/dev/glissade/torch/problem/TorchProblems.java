package dev.glissade.torch.problem;

import dev.glissade.Problem;
import dev.glissade.problem.Labelled;
import dev.glissade.problem.Option;
import dev.glissade.problem.Options;
import dev.glissade.problem.ProblemFactory;
import dev.glissade.torch.data.DataFolder;
import dev.glissade.torch.data.ImageSource;
import dev.glissade.torch.data.PixelFormat;
import java.util.List;

/// The problems of this module, for a [dev.glissade.problem.ProblemCatalog]. Neither libtorch nor a
/// data set is loaded before an objective is sampled.
public final class TorchProblems {

  private static final int MNIST_EXTENT = 28;
  private static final int DIGITS_EXTENT = 8;
  private static final int DIGITS_WHITE = 16;
  private static final int CLASSES = 10;

  private static final int CIFAR_EXTENT = 32;
  private static final List<Integer> ALL_LABELS = List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
  private static final String CIFAR_SOURCE = "Andrychowicz et al. 2016, section 3.3";

  private static final Option<Integer> UNITS =
      Option.whole("units", 20, 1, 4096, "units in each hidden layer");

  private static final Option<Integer> LAYERS = Option.whole("layers", 1, 0, 16, "hidden layers");

  private static final Option<Activation> ACTIVATION =
      Option.choice("activation", Activation.class, "what follows a hidden layer");

  private static final Option<MnistImages> DATA = MnistImages.option();

  private static final Option<Labels> LABELS =
      Option.choice("labels", Labels.class, "which labels the images have");

  private static final Option<Integer> BATCH =
      Option.whole("batch", 128, 1, 10_000, "images in a minibatch");

  private static final Option<Integer> IMAGES =
      Option.whole("images", 0, 0, 1_000_000, "how many of the images there are, 0 for all");

  private static final Option<Integer> CHANNELS =
      Option.whole("channels", 16, 1, 256, "channels of each convolution");

  private static final Option<Pixels> PIXELS =
      Option.choice(
          "pixels",
          Pixels.class,
          "from 0 to 1 as in the authors' code, or with mean 0 and deviation 1 in each colour");

  private static final Option<Precision> PRECISION =
      Option.choice(
          "precision",
          Precision.class,
          "of the convolutions; bfloat16, where the processor has it, makes training cheaper");

  private static final Option<Double> START =
      Option.real("start", 0.01, 0, 100, "standard deviation of the initial parameters");

  /// The labels that a problem on some of them has.
  private enum Labels implements Labelled {
    USED,
    HELD_OUT
  }

  private TorchProblems() {}

  /// The factories of this module's problems, with data from the standard folder.
  public static List<ProblemFactory> all() {
    return all(DataFolder.standard());
  }

  /// The factories of this module's problems, with data from the given folder.
  public static List<ProblemFactory> all(DataFolder folder) {
    return List.of(
        digits(),
        mnist(folder),
        cifar10(folder),
        cifarSubset(folder, 5),
        cifarSubset(folder, 2),
        NeuralArt.factory(folder));
  }

  private static ProblemFactory digits() {
    return perceptrons("digits")
        .summary("cross-entropy of a small multilayer perceptron on small images of digits")
        .source("Alpaydin, Kaynak 1998, whose images ship with Glissade")
        .options(UNITS, LAYERS, ACTIVATION, BATCH, IMAGES, START)
        .make((name, options) ->
            new ImageClassification(
                    ImageSource.Shipped.DIGITS,
                    DIGITS_EXTENT,
                    List.of(),
                    options.get(IMAGES),
                    PixelFormat.rows(DIGITS_WHITE),
                    options.get(BATCH))
                .problem(name, perceptron(DIGITS_EXTENT, options).network()));
  }

  private static ProblemFactory mnist(DataFolder folder) {
    return perceptrons("mnist")
        .summary("cross-entropy of a small multilayer perceptron on images of digits, or the like")
        .source("Andrychowicz et al. 2016, section 3.2")
        .data("mnist")
        .options(UNITS, LAYERS, ACTIVATION, BATCH, IMAGES, DATA, START)
        .make((name, options) ->
            new ImageClassification(
                    options.get(DATA).in(folder),
                    MNIST_EXTENT,
                    List.of(),
                    options.get(IMAGES),
                    PixelFormat.rows(),
                    options.get(BATCH))
                .problem(name, perceptron(MNIST_EXTENT, options).network()));
  }

  /// Begins the factory of a multilayer perceptron, whose relatives have other activations or more
  /// layers.
  private static ProblemFactory.Builder perceptrons(String name) {
    return ProblemFactory.named(name)
        .variant(options -> options.with(ACTIVATION, Activation.RELU))
        .variant(options -> options.with(ACTIVATION, Activation.TANH))
        .variant(options -> options.with(LAYERS, 2))
        .variant(options -> options.with(LAYERS, 2).with(ACTIVATION, Activation.RELU));
  }

  private static MultilayerPerceptron perceptron(int extent, Options options) {
    return new MultilayerPerceptron(
        extent * extent,
        options.get(UNITS),
        options.get(LAYERS),
        CLASSES,
        options.get(ACTIVATION),
        options.get(START));
  }

  private static ProblemFactory cifar10(DataFolder folder) {
    return ProblemFactory.named("cifar10")
        .summary("cross-entropy of a small convolutional network on colour photos of ten classes")
        .source(CIFAR_SOURCE)
        .steps(1000)
        .data("cifar10")
        .options(CHANNELS, BATCH, IMAGES, PIXELS, PRECISION, START)
        .make((name, options) -> cifar(folder, name, options, ALL_LABELS));
  }

  /// The problem on the first `count` labels, or on those that are held out: the paper does not say
  /// which it took.
  private static ProblemFactory cifarSubset(DataFolder folder, int count) {
    return ProblemFactory.named("cifar" + count)
        .summary(
            "as cifar10, on labels 0 to %s only; or only on the others, which are held out"
                .formatted(count - 1))
        .source(CIFAR_SOURCE)
        .steps(1000)
        .data("cifar10")
        .options(LABELS, CHANNELS, BATCH, IMAGES, PIXELS, PRECISION, START)
        .make((name, options) ->
            cifar(
                folder,
                name,
                options,
                switch (options.get(LABELS)) {
                  case USED -> ALL_LABELS.subList(0, count);
                  case HELD_OUT -> ALL_LABELS.subList(count, CLASSES);
                }));
  }

  private static Problem cifar(
      DataFolder folder, String name, Options options, List<Integer> labels) {
    var network =
        new ConvolutionalNetwork(
            CIFAR_EXTENT,
            options.get(CHANNELS),
            labels.size(),
            options.get(START),
            options.get(PRECISION));
    return new ImageClassification(
            new ImageSource.Known("cifar10", folder),
            CIFAR_EXTENT,
            labels,
            options.get(IMAGES),
            options.get(PIXELS).format(),
            options.get(BATCH))
        .problem(name, network.network());
  }
}
