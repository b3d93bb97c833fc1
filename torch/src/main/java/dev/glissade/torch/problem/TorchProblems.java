package dev.glissade.torch.problem;

import dev.glissade.Problem;
import dev.glissade.problem.ProblemFactory;
import dev.glissade.problem.ProblemOption;
import dev.glissade.problem.ProblemOptions;
import dev.glissade.torch.data.DataFolder;
import dev.glissade.torch.data.PixelFormat;
import java.util.List;
import java.util.Map;

/// The problems of this module, for a [dev.glissade.problem.ProblemCatalog]. Neither libtorch nor a
/// data set is loaded before an objective is sampled.
public final class TorchProblems {

  private static final int MNIST_PIXELS = 28 * 28;
  private static final int CLASSES = 10;

  private static final int CIFAR_EXTENT = 32;
  private static final List<Integer> ALL_LABELS = List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
  private static final String CIFAR_SOURCE = "Andrychowicz et al. 2016, section 3.3";

  /// Mean and standard deviation of each colour over the 50,000 training images.
  private static final PixelFormat STANDARDISED =
      new PixelFormat(false, List.of(0.4914, 0.4822, 0.4465), List.of(0.2470, 0.2435, 0.2616));

  /// The folder of each data set that is named in an option.
  private static final Map<String, String> FOLDERS =
      Map.of("mnist", "mnist", "fashion", "fashion-mnist", "kmnist", "kmnist");

  private static final ProblemOption BATCH =
      ProblemOption.whole("batch", 128, 1, 10_000, "images in a minibatch");

  private static final ProblemOption PIXELS =
      ProblemOption.choice(
          "pixels",
          List.of("unit", "standardised"),
          "from 0 to 1 as in the authors' code, or with mean 0 and deviation 1 in each colour");

  private static final ProblemOption PRECISION =
      ProblemOption.choice(
          "precision",
          Precision.names(),
          "of the convolutions; bfloat16, where the processor has it, makes training cheaper");

  private static final ProblemOption START =
      ProblemOption.real("start", 0.01, 0, 100, "standard deviation of the initial parameters");

  private TorchProblems() {}

  /// A factory for each, with data from the standard folder.
  public static List<ProblemFactory> all() {
    return all(DataFolder.standard());
  }

  /// A factory for each, with data from the given folder.
  public static List<ProblemFactory> all(DataFolder folder) {
    return List.of(
        mnist(folder),
        cifar10(folder),
        cifarSubset(folder, 5),
        cifarSubset(folder, 2),
        NeuralArt.factory(folder));
  }

  private static ProblemFactory mnist(DataFolder folder) {
    return new ProblemFactory(
            "mnist",
            "cross-entropy of a small multilayer perceptron on images of digits, or the like",
            "Andrychowicz et al. 2016, section 3.2",
            15_910,
            100,
            List.of("mnist"),
            List.of(
                ProblemOption.whole("units", 20, 1, 4096, "units in each hidden layer"),
                ProblemOption.whole("layers", 1, 0, 16, "hidden layers"),
                ProblemOption.choice(
                    "activation", Activation.names(), "what follows a hidden layer"),
                BATCH,
                ProblemOption.choice("data", List.of("mnist", "fashion", "kmnist"), "which images"),
                START),
            (name, options) -> images(folder, options).problem(name, perceptron(options).network()))
        .withVariants("activation=relu", "activation=tanh", "layers=2", "layers=2,activation=relu");
  }

  private static ProblemFactory cifar10(DataFolder folder) {
    return new ProblemFactory(
        "cifar10",
        "cross-entropy of a small convolutional network on colour photos of ten classes",
        CIFAR_SOURCE,
        22_682,
        1000,
        List.of("cifar10"),
        List.of(BATCH, PIXELS, PRECISION, START),
        (name, options) -> cifar(folder, name, options, ALL_LABELS));
  }

  /// The first `count` labels, or those that are held out: the paper does not say which it took.
  private static ProblemFactory cifarSubset(DataFolder folder, int count) {
    List<Integer> used = ALL_LABELS.subList(0, count);
    List<Integer> heldOut = ALL_LABELS.subList(count, CLASSES);
    return new ProblemFactory(
        "cifar" + count,
        "as cifar10, on labels 0 to %d only; or only on the others, which are held out"
            .formatted(count - 1),
        CIFAR_SOURCE,
        22_682 - 33 * heldOut.size(),
        1000,
        List.of("cifar10"),
        List.of(
            ProblemOption.choice(
                "labels", List.of("used", "held-out"), "which labels the images have"),
            BATCH,
            PIXELS,
            PRECISION,
            START),
        (name, options) ->
            cifar(folder, name, options, options.text("labels").equals("used") ? used : heldOut));
  }

  private static Problem cifar(
      DataFolder folder, String name, ProblemOptions options, List<Integer> labels) {
    PixelFormat format =
        options.text("pixels").equals("unit") ? PixelFormat.planes() : STANDARDISED;
    var precision = Precision.named(options.text("precision"));
    var network =
        new ConvolutionalNetwork(CIFAR_EXTENT, labels.size(), options.real("start"), precision);
    return new ImageClassification(folder, "cifar10", labels, format, options.whole("batch"))
        .problem(name, network.network());
  }

  private static ImageClassification images(DataFolder folder, ProblemOptions options) {
    String dataSet = FOLDERS.getOrDefault(options.text("data"), options.text("data"));
    return new ImageClassification(
        folder, dataSet, List.of(), PixelFormat.rows(), options.whole("batch"));
  }

  private static MultilayerPerceptron perceptron(ProblemOptions options) {
    return new MultilayerPerceptron(
        MNIST_PIXELS,
        options.whole("units"),
        options.whole("layers"),
        CLASSES,
        Activation.named(options.text("activation")),
        options.real("start"));
  }
}
