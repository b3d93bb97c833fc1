package dev.glissade.app.experiment;

import dev.glissade.app.experiment.Design.LearnedContender;
import dev.glissade.app.report.PaperCurve;
import dev.glissade.app.report.PaperScale;
import dev.glissade.internal.Suggestions;
import dev.glissade.optimizer.Baseline;
import dev.glissade.optimizer.Baselines;
import dev.glissade.training.Validation;
import java.util.List;
import java.util.stream.Stream;

/// The experiments to choose from. To add one to the paper's, write a method for it and add it to
/// the list here: the command line and the tests go through the list.
///
/// Numbers of the paper: M. Andrychowicz et al., *Learning to learn by gradient descent by gradient
/// descent*, NIPS 2016, read from the vector paths of its figures.
///
/// @param all in the order in which they are listed
public record Experiments(List<Experiment> all) {

  /// The paper's name of its optimizer.
  static final String LSTM = "LSTM";

  static final String NAG = "nesterov";
  static final String RMSPROP = "rmsprop";
  static final String ADAM = "adam";
  static final String SGD = "sgd";

  /// The baselines of most experiments, the paper's four among them.
  static final List<String> BASELINES = Baselines.standard().stream().map(Baseline::name).toList();

  private static final Experiments PAPER =
      new Experiments(
          List.of(
              quadratic(),
              MnistExperiments.mnist(),
              MnistExperiments.mnist200(),
              MnistExperiments.moreUnits(),
              MnistExperiments.moreLayers(),
              MnistExperiments.steeperLayers(),
              MnistExperiments.relu(),
              ArchitectureExperiment.architectures(),
              CifarExperiments.cifar10(),
              CifarExperiments.cifar5(),
              CifarExperiments.cifar2(),
              ArtExperiments.art(),
              ArtExperiments.transfer(),
              UpdateExperiments.updates()));

  /// An immutable list.
  public Experiments {
    all = List.copyOf(all);
  }

  /// The experiments of the paper, in the order of its figures.
  public static Experiments ofThePaper() {
    return PAPER;
  }

  /// All experiments: the paper's, a later benchmark's, and those on questions that it leaves open.
  public static Experiments standard() {
    return new Experiments(
        Stream.of(PAPER.all, LongExperiments.all(), OpenL2oExperiments.all(), SelfExperiments.all())
            .flatMap(List::stream)
            .toList());
  }

  /// Finds the experiment of a name, or all whose names go on from it after a hyphen, such as the
  /// three of `fig5`.
  ///
  /// @throws IllegalArgumentException if there is none; the message lists those that there are
  public List<Experiment> select(String name) {
    List<Experiment> family =
        all.stream().filter(experiment -> experiment.name().startsWith(name + "-")).toList();
    boolean one = all.stream().anyMatch(experiment -> experiment.name().equals(name));
    return one || family.isEmpty() ? List.of(find(name)) : family;
  }

  /// Finds the experiment of a name.
  ///
  /// @throws IllegalArgumentException if there is none; the message lists those that there are
  public Experiment find(String name) {
    return all.stream()
        .filter(experiment -> experiment.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                Suggestions.unknown(
                    "experiment", name, all.stream().map(Experiment::name).toList())));
  }

  /// The left part of figure 4. A run takes next to no time, so many instances make the intervals
  /// small.
  private static Experiment quadratic() {
    return new CurveExperiment(
        "fig4-quadratic",
        "4 left",
        "random quadratics in 10 dimensions",
        "10 s",
        "quadratic-uniform",
        new Design(
            List.of(new LearnedContender("quadratic-uniform", LSTM)), BASELINES, 100, 1000, 128),
        new TrainingRecipe(
            "quadratic-uniform",
            training -> training.withEpisodes(6000).withValidation(new Validation(200, 1000))),
        List.of(1, 10, 20, 50, 100),
        PaperScale.SAME,
        List.of(
            PaperCurve.of(LSTM)
                .at(1, .973)
                .at(10, .266)
                .at(20, .153)
                .at(50, .066)
                .at(100, .0386)
                .sum(12.35),
            PaperCurve.of(ADAM).at(100, .0510),
            PaperCurve.of(RMSPROP).at(100, .0595),
            PaperCurve.of(NAG).at(100, .0806),
            PaperCurve.of(SGD).at(100, .215)));
  }
}
