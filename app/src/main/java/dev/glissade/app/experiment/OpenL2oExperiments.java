package dev.glissade.app.experiment;

import static dev.glissade.app.experiment.Experiments.BASELINES;

import dev.glissade.app.experiment.Design.LearnedContender;
import dev.glissade.app.report.PaperScale;
import dev.glissade.learned.Lstm;
import dev.glissade.training.Validation;
import java.util.List;

/// The functions of the benchmark Open-L2O: sparse coding and Rastrigin's family, each in two
/// sizes.
///
/// T. Chen et al., *Learning to Optimize: A Primer and A Benchmark*, JMLR 23(189), 2022. Its
/// results are curves in figures, which have not been read: no numbers of it stand here.
final class OpenL2oExperiments {

  /// The benchmark's name of the optimizer of Andrychowicz et al.
  private static final String LSTM = "L2O-DM";

  /// What ships for functions without noise: an LSTM that is the update, and a quasi-Newton rule.
  private static final List<LearnedContender> LEARNED =
      List.of(new LearnedContender("quadratic", LSTM), new LearnedContender("smooth", LSTM));

  private static final int STEPS = 1000;

  private OpenL2oExperiments() {}

  /// The experiments in the order in which they are listed.
  static List<Experiment> all() {
    return List.of(lasso(5, 10), lasso(25, 50), rastrigin(2), rastrigin(10));
  }

  private static Experiment lasso(int rows, int dimension) {
    return experiment(
        "openl2o-lasso-%sx%s".formatted(rows, dimension),
        "Open-L2O's LASSO, %s numbers from %s coefficients".formatted(rows, dimension),
        "lasso:dim=%s,rows=%s,variant=openl2o".formatted(dimension, rows));
  }

  private static Experiment rastrigin(int dimension) {
    return experiment(
        "openl2o-rastrigin-" + dimension,
        "Open-L2O's Rastrigin functions in %s dimensions".formatted(dimension),
        "rastrigin:dim=%s,variant=openl2o".formatted(dimension));
  }

  /// An experiment on one class, for which the paper's LSTM is trained if one is to be.
  private static Experiment experiment(String name, String summary, String problem) {
    return new CurveExperiment(
        name,
        Experiment.NO_FIGURE,
        summary,
        "–",
        problem,
        new Design(LEARNED, BASELINES, STEPS, 256, 32).withGuards(),
        new TrainingRecipe(
            problem,
            training ->
                training
                    .withFamily(Lstm.forNetworks())
                    .withEpisodes(600)
                    .withValidation(new Validation(30, 256))),
        List.of(10, 100, STEPS),
        PaperScale.SAME,
        List.of());
  }
}
