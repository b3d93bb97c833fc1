package dev.glissade.training;

import dev.glissade.Problem;
import dev.glissade.learned.Architecture;
import dev.glissade.learned.ArchitectureNotation;
import dev.glissade.meta.Curriculum;
import dev.glissade.meta.Episodes;
import dev.glissade.meta.EvolutionStrategies;
import dev.glissade.meta.ExactBptt;
import dev.glissade.meta.GradientEstimator;
import dev.glissade.meta.MetaLoss;
import dev.glissade.meta.PersistentEvolutionStrategies;
import dev.glissade.meta.TruncatedBptt;
import dev.glissade.problem.Labelled;
import dev.glissade.problem.Option;
import dev.glissade.problem.Options;
import dev.glissade.problem.ProblemCatalog;
import dev.glissade.problem.ProblemFactory;
import dev.glissade.problem.Problems;
import java.util.Optional;
import java.util.function.Function;

/// The catalog's entry of [TrainingProblem]: `training:of=quadratic,family=lstm(1, 8),by=bptt`.
public final class TrainingProblems {

  private static final String NAME = "training";

  private static final Option<Architecture<?>> FAMILY =
      Option.of(
          "family",
          ArchitectureNotation.parse("corrected(adam=0.05)"),
          ArchitectureNotation.FORMS,
          "the optimizers that are trained",
          text -> Optional.of(ArchitectureNotation.parse(text)),
          family ->
              ArchitectureNotation.format(family).orElseGet(() -> family.toJson().toString()));

  private static final Option<Way> BY =
      Option.choice("by", Way.class, "how their meta-gradients are estimated");

  private static final Option<Integer> BATCH =
      Option.whole("batch", 6, 1, 4096, "objectives in an episode");

  private static final Option<Mean> LOSS =
      Option.choice("loss", Mean.class, "which mean of an episode's losses");

  private static final Option<Integer> STEPS =
      Option.whole("steps", 0, 0, 1_000_000, "steps in an episode, 0 for the inner problem's");

  private static final Option<Integer> UNROLL =
      Option.whole(
          "unroll",
          0,
          0,
          1_000_000,
          "steps that one estimate sees, 0 for what suits the estimator");

  private static final Option<Double> DEVIATION =
      Option.real("deviation", 0.1, 0.000001, 1000, "of evolution strategies");

  private TrainingProblems() {}

  /// The ways to estimate the meta-gradients of the trainings.
  private enum Way implements Labelled {
    EVOLUTION,
    PES,
    BPTT,
    EXACT_BPTT;

    /// The estimator for episodes of so many steps.
    ///
    /// @param unroll 0 for what suits it
    GradientEstimator estimator(int steps, int unroll, double deviation) {
      int usual = unroll == 0 ? MetaTraining.unrollFor(steps) : unroll;
      return switch (this) {
        case EVOLUTION -> new EvolutionStrategies(unroll == 0 ? steps : unroll, deviation);
        case PES -> new PersistentEvolutionStrategies(usual, deviation);
        case BPTT -> new TruncatedBptt(usual);
        case EXACT_BPTT -> new ExactBptt(usual);
      };
    }
  }

  /// The means of an episode's losses.
  private enum Mean implements Labelled {
    GEOMETRIC(MetaLoss.LOGARITHMS),
    ARITHMETIC(MetaLoss.LOSSES);

    private final MetaLoss loss;

    Mean(MetaLoss loss) {
      this.loss = loss;
    }

    Episodes episodes(int steps, int batch) {
      return new Episodes(1, Curriculum.constant(steps), batch, loss);
    }
  }

  /// The factory of trainings.
  ///
  /// @param problems finds what the optimizers are trained for, by its name
  public static ProblemFactory factory(Function<String, Problem> problems) {
    Problem usual = new ProblemCatalog(Problems.core()).parse("quadratic-uniform");
    Option<Problem> of =
        Option.of(
            "of",
            usual,
            "the name of a problem, in parentheses if it has commas",
            "what the optimizers are trained for",
            text -> Optional.of(problems.apply(unwrapped(text))),
            problem -> wrapped(problem.name()));
    return ProblemFactory.named(NAME)
        .summary("trainings of optimizers, each from fresh weights: what g(g) is learned for")
        .source("Andrychowicz et al. 2016; Metz et al. 2021")
        .steps(TrainingProblem.STEPS)
        .options(of, FAMILY, BY, LOSS, BATCH, STEPS, UNROLL, DEVIATION)
        .make((name, options) -> make(name, options.get(of), options));
  }

  private static TrainingProblem make(String name, Problem problem, Options options) {
    int steps = options.get(STEPS) == 0 ? problem.steps() : options.get(STEPS);
    return new TrainingProblem(
        name,
        problem,
        options.get(FAMILY),
        options.get(BY).estimator(steps, options.get(UNROLL), options.get(DEVIATION)),
        options.get(LOSS).episodes(steps, options.get(BATCH)));
  }

  /// The trainings of optimizers of a family for a problem, with the other options as they are by
  /// default.
  static TrainingProblem usual(Problem problem, Architecture<?> family) {
    int steps = problem.steps();
    return new TrainingProblem(
        "%s:of=%s,family=%s".formatted(NAME, wrapped(problem.name()), FAMILY.format(family)),
        problem,
        family,
        BY.defaultValue().estimator(steps, UNROLL.defaultValue(), DEVIATION.defaultValue()),
        LOSS.defaultValue().episodes(steps, BATCH.defaultValue()));
  }

  private static String wrapped(String name) {
    return name.contains(",") ? "(" + name + ")" : name;
  }

  private static String unwrapped(String text) {
    return text.startsWith("(") && text.endsWith(")") ? text.substring(1, text.length() - 1) : text;
  }
}
