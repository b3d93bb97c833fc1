package dev.glissade.app.experiment;

import static dev.glissade.app.experiment.Experiments.LSTM;

import dev.glissade.app.experiment.Design.LearnedContender;
import dev.glissade.app.report.PaperScale;
import dev.glissade.evaluation.Goal;
import java.util.List;
import java.util.stream.Stream;

/// Runs of 10,000 steps, a hundred times as long as the paper's: where learned optimizers are asked
/// since Lv, Jiang and Li 2017 whether they go on, come to rest, or diverge. Baselines are tuned
/// for the mean over the last 1,000 steps, since one loss is that of one minibatch.
final class LongExperiments {

  private static final int STEPS = 10_000;

  private static final List<LearnedContender> LEARNED =
      Stream.concat(
              MnistExperiments.LEARNED.stream(),
              Stream.of("rnnprop", "mnist-long", "general")
                  .map(name -> new LearnedContender(name, LSTM)))
          .toList();

  /// Rules that are known to do well here, with and without a schedule.
  private static final List<String> BASELINES = List.of("adam", "adam+cosine", "nesterov");

  private LongExperiments() {}

  /// The network of the training, and two with other activations.
  static List<Experiment> all() {
    return List.of(
        on("steps-10000", "10,000 steps, 100 times as long as in the paper", "mnist"),
        on("steps-10000-relu", "the same with ReLU in place of sigmoid", "mnist:activation=relu"),
        on("steps-10000-tanh", "the same with tanh in place of sigmoid", "mnist:activation=tanh"));
  }

  private static Experiment on(String name, String summary, String problem) {
    return new CurveExperiment(
        name,
        Experiment.NO_FIGURE,
        summary,
        "–",
        problem,
        new Design(LEARNED, BASELINES, STEPS, 8, 2).withGoal(Goal.LAST_TENTH),
        MnistExperiments.TRAINING,
        List.of(100, 1000, STEPS),
        PaperScale.SAME,
        List.of());
  }
}
