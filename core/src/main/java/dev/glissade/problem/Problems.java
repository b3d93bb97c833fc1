package dev.glissade.problem;

import java.util.List;

/// The problems of this module. To add one, write its objective and add it to the list here: the
/// tests go through the list.
public final class Problems {

  private static final String ANDRYCHOWICZ = "Andrychowicz et al. 2016, section 3.1";

  private static final ProblemOption START =
      ProblemOption.real("start", 0.01, 0, 100, "standard deviation of the initial parameters");

  private Problems() {}

  /// A factory for each, the plainest first.
  public static List<ProblemFactory> core() {
    return List.of(quadratic(), quadraticUniform(), rosenbrock(), rastrigin(), logistic(), lasso());
  }

  private static ProblemFactory quadratic() {
    return new ProblemFactory(
        "quadratic",
        "squared distance |Wx - y|^2 with W and y standard normal, as in the paper's text",
        ANDRYCHOWICZ,
        10,
        100,
        List.of(),
        List.of(dimension(10, 1), START),
        (name, options) -> {
          int dimension = options.whole("dim");
          double start = options.real("start");
          return new RandomProblem(name, random -> Quadratic.gaussian(random, dimension, start));
        });
  }

  private static ProblemFactory quadraticUniform() {
    return new ProblemFactory(
        "quadratic-uniform",
        "squared distance |Wx - y|^2 with W and y uniform on [0, 1), as in the paper's figure 4",
        ANDRYCHOWICZ,
        10,
        100,
        List.of(),
        List.of(dimension(10, 1), START),
        (name, options) -> {
          int dimension = options.whole("dim");
          double start = options.real("start");
          return new RandomProblem(name, random -> Quadratic.uniform(random, dimension, start));
        });
  }

  private static ProblemFactory rosenbrock() {
    return new ProblemFactory(
        "rosenbrock",
        "curved, narrow valleys near the classical one",
        "Rosenbrock 1960",
        2,
        200,
        List.of(),
        List.of(
            dimension(2, 2),
            ProblemOption.real(
                "spread",
                0.2,
                0.001,
                1,
                "how far position and steepness vary about the classical")),
        (name, options) -> {
          int dimension = options.whole("dim");
          double spread = options.real("spread");
          return new RandomProblem(name, random -> Rosenbrock.random(random, dimension, spread));
        });
  }

  private static ProblemFactory rastrigin() {
    return new ProblemFactory(
        "rastrigin",
        "a bowl with a regular grid of local minima",
        "Rastrigin 1974",
        10,
        100,
        List.of(),
        List.of(
            dimension(10, 1),
            ProblemOption.real("amplitude", 10, 0, 1000, "height A of the waves"),
            ProblemOption.real("shift", 1, 0.001, 5, "the minimum is uniform on [-shift, shift]")),
        (name, options) -> {
          int dimension = options.whole("dim");
          double amplitude = options.real("amplitude");
          double shift = options.real("shift");
          return new RandomProblem(
              name, random -> Rastrigin.random(random, dimension, amplitude, shift));
        });
  }

  private static ProblemFactory logistic() {
    return new ProblemFactory(
        "logistic",
        "logistic regressions on synthetic data, with ridge regularisation",
        "Cox 1958",
        10,
        100,
        List.of(),
        List.of(
            dimension(10, 1),
            ProblemOption.whole("samples", 100, 1, 10_000, "samples in the data set"),
            ProblemOption.real("l2", 0.01, 0, 1000, "weight of the regularisation"),
            ProblemOption.whole("batch", 0, 0, 10_000, "samples per step, 0 for all"),
            START),
        (name, options) -> {
          int dimension = options.whole("dim");
          int samples = options.whole("samples");
          double l2 = options.real("l2");
          int batch = options.whole("batch");
          double start = options.real("start");
          return new RandomProblem(
              name,
              random -> LogisticRegression.random(random, dimension, samples, l2, batch, start));
        });
  }

  private static ProblemFactory lasso() {
    return new ProblemFactory(
        "lasso",
        "sparse linear regressions with a smoothed absolute value as penalty",
        "Tibshirani 1996",
        20,
        100,
        List.of(),
        List.of(
            dimension(20, 1),
            ProblemOption.whole("rows", 50, 1, 10_000, "samples in the data set"),
            ProblemOption.real("lambda", 0.1, 0, 1000, "weight of the penalty"),
            ProblemOption.real("smoothing", 0.01, 0.000001, 1, "radius of the rounding at zero"),
            START),
        (name, options) -> {
          int dimension = options.whole("dim");
          int rows = options.whole("rows");
          double lambda = options.real("lambda");
          double smoothing = options.real("smoothing");
          double start = options.real("start");
          return new RandomProblem(
              name, random -> Lasso.random(random, dimension, rows, lambda, smoothing, start));
        });
  }

  private static ProblemOption dimension(int defaultValue, int min) {
    return ProblemOption.whole("dim", defaultValue, min, 4096, "number of coordinates");
  }
}
