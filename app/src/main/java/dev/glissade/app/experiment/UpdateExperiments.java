package dev.glissade.app.experiment;

import static dev.glissade.app.experiment.Experiments.ADAM;
import static dev.glissade.app.experiment.Experiments.LSTM;

import dev.glissade.app.experiment.Design.LearnedContender;
import dev.glissade.learned.Pretrained;
import java.util.List;

/// The paper's appendix B: updates that optimizers propose along a run, and their answers to
/// gradients of other sizes.
final class UpdateExperiments {

  private static final int LONGEST = 128; // the paper's run, on neural art

  /// The number of steps, from the first, in which optimizers are asked for answers.
  private static final int ANSWERED = 32;

  private UpdateExperiments() {}

  /// The experiment with every pretrained optimizer on its own problem, next to Adam as in the
  /// paper. One instance is enough: it looks at single runs, not at means.
  static Experiment updates() {
    List<Pretrained> all = List.of(Pretrained.values());
    return new UpdatesExperiment(
        "figB-updates",
        "10 to 13",
        "updates along a run, and answers to other gradients",
        "–",
        all.stream().map(UpdateExperiments::problem).distinct().toList(),
        ANSWERED,
        new Design(
            all.stream().map(it -> new LearnedContender(it.label(), LSTM)).toList(),
            List.of(ADAM),
            LONGEST,
            1,
            4),
        MnistExperiments.TRAINING);
  }

  /// The problem that a pretrained optimizer was trained for.
  private static String problem(Pretrained pretrained) {
    return pretrained.load().history().text("problem");
  }
}
