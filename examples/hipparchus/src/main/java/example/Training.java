package example;

import dev.glissade.Problem;
import dev.glissade.evaluation.Span;
import dev.glissade.learned.Pretrained;
import dev.glissade.learned.TrainedOptimizer;
import dev.glissade.meta.EvolutionStrategies;
import dev.glissade.training.MetaTraining;
import dev.glissade.training.Start;
import dev.glissade.training.Validation;

/// Two ways to learn an optimizer for a family of smooth fits.
public final class Training {

  private Training() {}

  /// An LSTM with the recipe that suits most: it is made for as many steps as it was trained for.
  public static TrainedOptimizer network(Problem family) {
    return MetaTraining.of(family).withEpisodes(1000).run();
  }

  /// The quasi-Newton rule that ships, whose few learned numbers learn on: it may go on for as long
  /// as wanted, to the last digit.
  public static TrainedOptimizer quasiNewton(Problem family) {
    TrainedOptimizer smooth = Pretrained.SMOOTH.load();
    return MetaTraining.of(family)
        .withFamily(smooth.architecture())
        .withStart(new Start.From("pretrained:smooth", smooth))
        .withEstimator(new EvolutionStrategies(family.steps(), 0.05))
        .withLearningRate(0.03)
        .withEpisodes(1000)
        .withValidation(new Validation(50, 256).withSpan(Span.RUN))
        .run();
  }
}
