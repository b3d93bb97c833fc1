package dev.glissade.problem;

import java.util.List;

/// The problems of this module. To add one, write its objective and add it to the list here: the
/// tests go through the list.
public final class Problems {

  private static final String ANDRYCHOWICZ = "Andrychowicz et al. 2016, section 3.1";

  private static final Option<Integer> DIMENSION = dimension(10, 1);

  private static final Option<Double> START =
      Option.real("start", 0.01, 0, 100, "standard deviation of the initial parameters");

  /// The kinds of `lasso`.
  private enum Regression implements Labelled {
    SMOOTHED,
    OPENL2O
  }

  /// The kinds of `rastrigin`.
  private enum Waves implements Labelled {
    CLASSICAL,
    OPENL2O
  }

  private Problems() {}

  /// The factories of this module's problems, the plainest first.
  public static List<ProblemFactory> core() {
    return List.of(quadratic(), quadraticUniform(), rosenbrock(), rastrigin(), logistic(), lasso());
  }

  private static ProblemFactory quadratic() {
    return ProblemFactory.named("quadratic")
        .summary("squared distance |Wx - y|^2 with W and y standard normal, as in the paper's text")
        .source(ANDRYCHOWICZ)
        .options(DIMENSION, START)
        .make((name, options) ->
            RandomProblem.of(
                name,
                random -> Quadratic.gaussian(random, options.get(DIMENSION), options.get(START))));
  }

  private static ProblemFactory quadraticUniform() {
    return ProblemFactory.named("quadratic-uniform")
        .summary(
            "squared distance |Wx - y|^2 with W and y uniform on [0, 1), as in the paper's figure"
                + " 4")
        .source(ANDRYCHOWICZ)
        .options(DIMENSION, START)
        .make((name, options) ->
            RandomProblem.of(
                name,
                random -> Quadratic.uniform(random, options.get(DIMENSION), options.get(START))));
  }

  private static ProblemFactory rosenbrock() {
    Option<Integer> dimension = dimension(2, 2);
    Option<Double> spread =
        Option.real(
            "spread", 0.2, 0.001, 1, "how far position and steepness vary about the classical");
    return ProblemFactory.named("rosenbrock")
        .summary("curved, narrow valleys near the classical one")
        .source("Rosenbrock 1960")
        .steps(200)
        .options(dimension, spread)
        .make((name, options) ->
            RandomProblem.of(
                name,
                random -> Rosenbrock.random(random, options.get(dimension), options.get(spread))));
  }

  private static ProblemFactory rastrigin() {
    Option<Double> amplitude = Option.real("amplitude", 10, 0, 1000, "height A of the waves");
    Option<Double> shift =
        Option.real("shift", 1, 0.001, 5, "the minimum is uniform on [-shift, shift]");
    Option<Waves> variant =
        Option.choice(
            "variant",
            Waves.class,
            "openl2o for random bowls and heights, as in Chen et al. 2022 with dim=2 and dim=10");
    return ProblemFactory.named("rastrigin")
        .summary("a bowl with a regular grid of local minima")
        .source("Rastrigin 1974")
        .options(DIMENSION, amplitude, shift, variant)
        .make((name, options) ->
            RandomProblem.of(
                name,
                switch (options.get(variant)) {
                  case CLASSICAL ->
                      random ->
                          Rastrigin.random(
                              random,
                              options.get(DIMENSION),
                              options.get(amplitude),
                              options.get(shift));
                  case OPENL2O -> {
                    requireDefault(options, shift, "variant=openl2o, which has no one minimum");
                    yield random ->
                        RastriginFamily.openL2o(
                            random, options.get(DIMENSION), options.get(amplitude));
                  }
                }));
  }

  private static ProblemFactory logistic() {
    Option<Integer> samples = Option.whole("samples", 100, 1, 10_000, "samples in the data set");
    Option<Double> l2 = Option.real("l2", 0.01, 0, 1000, "weight of the regularisation");
    Option<Integer> batch = Option.whole("batch", 0, 0, 10_000, "samples per step, 0 for all");
    return ProblemFactory.named("logistic")
        .summary("logistic regressions on synthetic data, with ridge regularisation")
        .source("Cox 1958")
        .options(DIMENSION, samples, l2, batch, START)
        .make((name, options) ->
            RandomProblem.of(
                name,
                random ->
                    LogisticRegression.random(
                        random,
                        options.get(DIMENSION),
                        options.get(samples),
                        options.get(l2),
                        options.get(batch),
                        options.get(START))));
  }

  private static ProblemFactory lasso() {
    Option<Integer> dimension = dimension(20, 1);
    Option<Integer> rows = Option.whole("rows", 50, 1, 10_000, "samples in the data set");
    Option<Double> lambda = Option.real("lambda", 0.1, 0, 1000, "weight of the penalty");
    Option<Double> smoothing =
        Option.real("smoothing", 0.01, 0.000001, 1, "radius of the rounding at zero");
    Option<Regression> variant =
        Option.choice(
            "variant",
            Regression.class,
            "openl2o for the sparse coding of Chen et al. 2022, there with rows=5, dim=10 and"
                + " rows=25, dim=50");
    return ProblemFactory.named("lasso")
        .summary("sparse linear regressions with a smoothed absolute value as penalty")
        .source("Tibshirani 1996")
        .options(dimension, rows, lambda, smoothing, START, variant)
        .make((name, options) ->
            RandomProblem.of(
                name,
                switch (options.get(variant)) {
                  case SMOOTHED ->
                      random ->
                          Lasso.random(
                              random,
                              options.get(dimension),
                              options.get(rows),
                              options.get(lambda),
                              options.get(smoothing),
                              options.get(START));
                  case OPENL2O -> {
                    requireDefault(options, lambda, "variant=openl2o, where lambda is 0.005");
                    requireDefault(options, smoothing, "variant=openl2o, which has none");
                    yield random ->
                        SparseCoding.openL2o(
                            random, options.get(dimension), options.get(rows), options.get(START));
                  }
                }));
  }

  /// Refuses an option that is of no use to a variant.
  ///
  /// @param why what it does not go with, and a reason
  private static <T> void requireDefault(Options options, Option<T> option, String why) {
    if (!option.format(options.get(option)).equals(option.defaultText())) {
      throw new IllegalArgumentException(
          "option '%s' does not go with %s: leave it out".formatted(option.name(), why));
    }
  }

  private static Option<Integer> dimension(int defaultValue, int min) {
    return Option.whole("dim", defaultValue, min, 4096, "number of coordinates");
  }
}
