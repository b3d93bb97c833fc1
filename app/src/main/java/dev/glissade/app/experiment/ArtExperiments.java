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
import dev.glissade.learned.Pretrained;
import dev.glissade.problem.ProblemCatalog;
import dev.glissade.torch.problem.TorchProblems;
import dev.glissade.training.Start;
import dev.glissade.training.Validation;
import java.util.List;

/// The paper's section 3.4: pictures of photos in the style of a painting, over their pixels.
///
/// The paper does not say how its loss is scaled, so that only the ratios of its values mean
/// something.
final class ArtExperiments {

  private static final int STEPS = 128;

  /// The steps at which losses are reported.
  private static final List<Integer> MARKS = List.of(32, 64, STEPS);

  /// What ships for pictures: the paper's LSTM, and a quasi-Newton rule.
  private static final List<LearnedContender> LEARNED =
      List.of(new LearnedContender("art-lstm", LSTM), new LearnedContender("art", LSTM));

  /// The problems among which the recipe finds the one that it mixes in.
  private static final ProblemCatalog PROBLEMS = new ProblemCatalog(TorchProblems.all());

  /// The training of the paper's LSTM: from the weights for MNIST, on two problems. The loss is a
  /// mean over the picture, so a picture of four times the pixels has a quarter of the gradient:
  /// half of the episodes are on such gradients.
  private static final TrainingRecipe TRAINING =
      new TrainingRecipe(
          "art",
          training ->
              training
                  .withStart(new Start.From("pretrained:mnist", Pretrained.MNIST.load()))
                  .withVariety(
                      training
                          .variety()
                          .withMix(List.of(PROBLEMS.parse("art:alpha=25,beta=250,gamma=250"))))
                  .withEpisodes(1500)
                  .withValidation(new Validation(75, 6)));

  private ArtExperiments() {}

  /// The left part of figure 8: the style and the size of the training, other photos.
  static Experiment art() {
    return new CurveExperiment(
        "fig8-art",
        "8 left",
        "neural art, 64×64, other photos in the style of the training",
        "–",
        "art",
        new Design(LEARNED, BASELINES, STEPS, 40, 4),
        TRAINING,
        MARKS,
        PaperScale.OTHER,
        List.of(
            PaperCurve.of(LSTM).at(STEPS, 2.81),
            PaperCurve.of(RMSPROP).at(STEPS, 2.92),
            PaperCurve.of(ADAM).at(STEPS, 2.96),
            PaperCurve.of(NAG).at(STEPS, 3.25),
            PaperCurve.of(SGD).at(STEPS, 4.16)));
  }

  /// The right part of figure 8: another style, and four times the pixels.
  static Experiment transfer() {
    return new CurveExperiment(
        "fig8-art-transfer",
        "8 right",
        "the same at 128×128 in a style that training has not seen",
        "–",
        "art:size=128,style=munch_the_scream",
        new Design(LEARNED, BASELINES, STEPS, 32, 4),
        TRAINING,
        MARKS,
        PaperScale.OTHER,
        List.of(
            PaperCurve.of(LSTM).at(STEPS, .494),
            PaperCurve.of(RMSPROP).at(STEPS, .543),
            PaperCurve.of(ADAM).at(STEPS, .543),
            PaperCurve.of(NAG).at(STEPS, .599),
            PaperCurve.of(SGD).at(STEPS, .901)));
  }
}
