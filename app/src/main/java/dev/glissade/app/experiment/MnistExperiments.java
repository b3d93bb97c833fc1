package dev.glissade.app.experiment;

import static dev.glissade.app.experiment.Experiments.ADAM;
import static dev.glissade.app.experiment.Experiments.BASELINES;
import static dev.glissade.app.experiment.Experiments.LSTM;
import static dev.glissade.app.experiment.Experiments.NAG;
import static dev.glissade.app.experiment.Experiments.RMSPROP;
import static dev.glissade.app.experiment.Experiments.SGD;

import dev.glissade.app.experiment.Design.LearnedContender;
import dev.glissade.app.report.PaperCurve;
import dev.glissade.app.report.PaperScale;
import dev.glissade.training.Validation;
import java.util.List;
import java.util.stream.Stream;

/// The paper's section 3.2: a small network on MNIST, for longer, and on other networks.
final class MnistExperiments {

  /// The paper's optimizer for MNIST, and one that was trained to bear what it has not seen.
  static final List<LearnedContender> LEARNED =
      List.of(new LearnedContender("mnist", LSTM), new LearnedContender("mnist-robust", LSTM));

  /// Those, and LSTMs for networks that start on a plateau, which have not seen two layers.
  private static final List<LearnedContender> WITH_STARTS =
      Stream.concat(
              Stream.of("mnist-starts", "mnist-layers")
                  .map(name -> new LearnedContender(name, LSTM)),
              LEARNED.stream())
          .toList();

  /// The paper's curves of two layers.
  private static final List<PaperCurve> TWO_LAYERS =
      List.of(
          PaperCurve.of(LSTM).at(100, .321).lastTen(.337),
          PaperCurve.of(NAG).at(100, .735),
          PaperCurve.of(RMSPROP).at(100, .700),
          PaperCurve.of(ADAM).at(100, .696),
          PaperCurve.of(SGD).at(100, 1.78));

  /// The training of the figures on MNIST, on its small network.
  static final TrainingRecipe TRAINING =
      new TrainingRecipe(
          "mnist",
          training ->
              training
                  .withEpisodes(training.episodes().withCount(3000).withBatch(2))
                  .withValidation(new Validation(100, 16)));

  private MnistExperiments() {}

  /// The middle of figure 4: the network and the number of steps of the training.
  static Experiment mnist() {
    return new CurveExperiment(
        "fig4-mnist",
        "4 centre",
        "a small network on MNIST",
        "11 min",
        "mnist",
        design(LEARNED, 100),
        TRAINING,
        List.of(10, 20, 50, 100),
        PaperScale.SAME,
        List.of(
            PaperCurve.of(LSTM)
                .at(0, 2.302)
                .at(10, .746)
                .at(20, .455)
                .at(50, .310)
                .at(100, .245)
                .lastTen(.255)
                .sum(43.7),
            PaperCurve.of(NAG).at(100, .323).lastTen(.333).sum(82.3),
            PaperCurve.of(RMSPROP).at(100, .347).lastTen(.358).sum(89.2),
            PaperCurve.of(ADAM).at(100, .369).lastTen(.369).sum(85.8),
            PaperCurve.of(SGD).at(100, .450).lastTen(.477).sum(112.4)));
  }

  /// The right part of figure 4. The paper's curves go on from those of [#mnist]; ours have
  /// baselines tuned for all 200 steps.
  static Experiment mnist200() {
    return new CurveExperiment(
        "fig4-mnist-200",
        "4 right",
        "the same, twice as long as in training",
        "–",
        "mnist",
        design(LEARNED, 200),
        TRAINING,
        List.of(100, 150, 200),
        PaperScale.SAME,
        List.of(
            PaperCurve.of(LSTM).at(100, .245).at(200, .215).lastTen(.210),
            PaperCurve.of(NAG).at(100, .323).at(200, .252).lastTen(.263),
            PaperCurve.of(RMSPROP).at(100, .347).at(200, .279).lastTen(.287),
            PaperCurve.of(ADAM).at(100, .369).at(200, .301).lastTen(.301),
            PaperCurve.of(SGD).at(100, .450).at(200, .328).lastTen(.335)));
  }

  /// The left part of figure 5: twice as wide a layer.
  static Experiment moreUnits() {
    return transfer(
        "fig5-units",
        "5 left",
        "40 hidden units in place of 20",
        "mnist:units=40",
        List.of(
            PaperCurve.of(LSTM).at(100, .192).lastTen(.195),
            PaperCurve.of(NAG).at(100, .300),
            PaperCurve.of(RMSPROP).at(100, .317),
            PaperCurve.of(ADAM).at(100, .309),
            PaperCurve.of(SGD).at(100, .443)));
  }

  /// The middle of figure 5: one more layer.
  static Experiment moreLayers() {
    return transfer(
        "fig5-layers",
        "5 centre",
        "two hidden layers in place of one",
        "mnist:layers=2",
        TWO_LAYERS);
  }

  /// The middle of figure 5 from a steeper start, which the paper does not give: the one at which
  /// our NAG ends as the paper's does.
  static Experiment steeperLayers() {
    return transfer(
        "fig5-layers-steeper",
        "5 centre",
        "the same, from a start at which NAG ends as in the paper",
        WITH_STARTS,
        "mnist:layers=2,start=0.049",
        TWO_LAYERS);
  }

  /// The right part of figure 5: another activation, on which the paper's own optimizer fails.
  static Experiment relu() {
    return transfer(
        "fig5-relu",
        "5 right",
        "ReLU in place of sigmoid",
        "mnist:activation=relu",
        List.of(
            PaperCurve.of(LSTM).at(100, 2.58),
            PaperCurve.of(NAG).at(100, .350),
            PaperCurve.of(RMSPROP).at(100, .396),
            PaperCurve.of(ADAM).at(100, .370),
            PaperCurve.of(SGD).at(100, .452)));
  }

  /// An experiment with the optimizer for [#mnist] on a network that it was not trained for.
  ///
  /// @param problem the other network
  /// @param paper the figure's curves
  private static Experiment transfer(
      String name, String figure, String summary, String problem, List<PaperCurve> paper) {
    return transfer(name, figure, summary, LEARNED, problem, paper);
  }

  /// An experiment with these optimizers on a network that the first was not trained for.
  private static Experiment transfer(
      String name,
      String figure,
      String summary,
      List<LearnedContender> learned,
      String problem,
      List<PaperCurve> paper) {
    return new CurveExperiment(
        name,
        figure,
        summary,
        "–",
        problem,
        design(learned, 100),
        TRAINING,
        List.of(10, 20, 50, 100),
        PaperScale.SAME,
        paper);
  }

  private static Design design(List<LearnedContender> learned, int steps) {
    return new Design(learned, BASELINES, steps, 128, 32);
  }
}
