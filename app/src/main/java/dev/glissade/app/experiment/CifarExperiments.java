package dev.glissade.app.experiment;

import static dev.glissade.app.experiment.Experiments.ADAM;
import static dev.glissade.app.experiment.Experiments.BASELINES;
import static dev.glissade.app.experiment.Experiments.LSTM;
import static dev.glissade.app.experiment.Experiments.NAG;
import static dev.glissade.app.experiment.Experiments.RMSPROP;
import static dev.glissade.app.experiment.Experiments.SGD;

import dev.glissade.BlockFilter;
import dev.glissade.app.experiment.Design.LearnedContender;
import dev.glissade.app.report.PaperCurve;
import dev.glissade.app.report.PaperScale;
import dev.glissade.learned.Architecture;
import dev.glissade.learned.Corrected;
import dev.glissade.learned.Group;
import dev.glissade.learned.Grouped;
import dev.glissade.learned.Lstm;
import dev.glissade.learned.Preprocessing;
import dev.glissade.meta.EvolutionStrategies;
import dev.glissade.meta.MetaLoss;
import dev.glissade.optimizer.Baselines;
import dev.glissade.training.Validation;
import java.util.List;
import java.util.stream.Stream;

/// The paper's section 3.3: a convolutional network on CIFAR-10 and on some of its labels.
final class CifarExperiments {

  /// The paper's name of the optimizer that was trained on the labels held out only.
  private static final String LSTM_SUB = "LSTM-sub";

  /// The optimizers for all labels: LSTMs, as in the paper, LSTMs that correct Muon, and a learned
  /// schedule.
  private static final List<LearnedContender> LEARNED =
      List.of(
          new LearnedContender("cifar-lstm", LSTM),
          new LearnedContender("cifar-muon-lstm", LSTM),
          new LearnedContender("cifar", LSTM));

  /// Those, and the ones that were trained on the labels held out only.
  private static final List<LearnedContender> WITH_SUB =
      LEARNED.stream()
          .flatMap(all -> Stream.of(all, new LearnedContender(all.pretrained() + "-sub", LSTM_SUB)))
          .toList();

  /// The option for convolutions in bfloat16, which halves the time where the processor has AMX.
  private static final String HALF_PRECISION = ":precision=bfloat16";

  /// The training of learned rates of Muon, for the matrices, for the offsets of batch
  /// normalisation and for all else, as functions of the step and of how gradients shrink. They are
  /// learned from whole episodes: what a step costs at the end, no part of an episode shows. A pair
  /// of episodes takes a minute.
  private static final TrainingRecipe TRAINING =
      new TrainingRecipe(
          "cifar10" + HALF_PRECISION,
          training ->
              training
                  .withFamily(rates())
                  .withEstimator(new EvolutionStrategies(training.episodes().steps(), 0.2))
                  .withTrained(new BlockFilter("log-rate|fading"))
                  .withEpisodes(training.episodes().withCount(30).withLoss(MetaLoss.LOGARITHMS))
                  .withLearningRate(0.08)
                  .withValidation(new Validation(15, 4)));

  /// The steps at which losses are reported.
  private static final List<Integer> MARKS = List.of(100, 500, 1000);

  private CifarExperiments() {}

  /// The architecture: Muon in three groups, each with a learned rate. The networks have no layers
  /// and are not trained; only the rates are.
  private static Architecture<?> rates() {
    Lstm silent = new Lstm(0, 20, new Preprocessing.Identity(), 0.1);
    Corrected muon = new Corrected(silent, Baselines.find("muon").rule(0.004));
    BlockFilter matrices = new BlockFilter("(conv.|dense0).weights");
    return new Grouped(
        List.of(
            new Group("matrices", matrices, muon),
            new Group("offsets", new BlockFilter("offset"), muon)),
        muon);
  }

  /// The left part of figure 7, without the optimizer of the labels held out, which is meant for
  /// the other parts.
  static Experiment cifar10() {
    return new CurveExperiment(
        "fig7-cifar10",
        "7 left",
        "a convolutional network on CIFAR-10",
        "–",
        "cifar10" + HALF_PRECISION,
        design(LEARNED),
        TRAINING,
        MARKS,
        PaperScale.SAME,
        List.of(
            PaperCurve.of(LSTM).at(100, 1.435).at(500, 1.057).at(1000, .823).lastTen(.822),
            PaperCurve.of(NAG).at(100, 1.673).at(500, 1.073).at(1000, .801).lastTen(.793),
            PaperCurve.of(RMSPROP).at(1000, .864),
            PaperCurve.of(ADAM).at(1000, .890),
            PaperCurve.of(SGD).at(1000, 1.061)));
  }

  /// The part of figure 7 with five labels.
  static Experiment cifar5() {
    return new CurveExperiment(
        "fig7-cifar5",
        "7 centre",
        "the same on five of the ten labels",
        "–",
        "cifar5" + HALF_PRECISION,
        design(WITH_SUB),
        TRAINING,
        MARKS,
        PaperScale.SAME,
        List.of(
            PaperCurve.of(LSTM).at(1000, .358).lastTen(.354),
            PaperCurve.of(LSTM_SUB).at(1000, .385),
            PaperCurve.of(NAG).at(1000, .365),
            PaperCurve.of(RMSPROP).at(1000, .387),
            PaperCurve.of(ADAM).at(1000, .390),
            PaperCurve.of(SGD).at(1000, .494)));
  }

  /// The part of figure 7 with two labels.
  static Experiment cifar2() {
    return new CurveExperiment(
        "fig7-cifar2",
        "7 right",
        "the same on two of the ten labels",
        "–",
        "cifar2" + HALF_PRECISION,
        design(WITH_SUB),
        TRAINING,
        MARKS,
        PaperScale.SAME,
        List.of(
            PaperCurve.of(LSTM).at(1000, .041).lastTen(.045),
            PaperCurve.of(LSTM_SUB).at(1000, .039).lastTen(.041),
            PaperCurve.of(NAG).at(1000, .065),
            PaperCurve.of(RMSPROP).at(1000, .088),
            PaperCurve.of(ADAM).at(1000, .069),
            PaperCurve.of(SGD).at(1000, .110)));
  }

  /// A design of few instances: each is a run of 1000 steps of a convolutional network, and every
  /// trial of a tuning is one, too.
  private static Design design(List<LearnedContender> learned) {
    return new Design(learned, BASELINES, 1000, 4, 1);
  }
}
