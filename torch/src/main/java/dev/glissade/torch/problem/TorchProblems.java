package dev.glissade.torch.problem;

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

  /// The folder of each data set that is named in an option.
  private static final Map<String, String> FOLDERS =
      Map.of("mnist", "mnist", "fashion", "fashion-mnist", "kmnist", "kmnist");

  private static final ProblemOption BATCH =
      ProblemOption.whole("batch", 128, 1, 10_000, "images in a minibatch");

  private static final ProblemOption START =
      ProblemOption.real("start", 0.01, 0, 100, "standard deviation of the initial parameters");

  private TorchProblems() {}

  /// A factory for each, with data from the standard folder.
  public static List<ProblemFactory> all() {
    return all(DataFolder.standard());
  }

  /// A factory for each, with data from the given folder.
  public static List<ProblemFactory> all(DataFolder folder) {
    return List.of(mnist(folder));
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
            ProblemOption.choice("activation", Activation.names(), "what follows a hidden layer"),
            BATCH,
            ProblemOption.choice("data", List.of("mnist", "fashion", "kmnist"), "which images"),
            START),
        (name, options) -> images(folder, options).problem(name, perceptron(options).network()));
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
