package dev.glissade.problem;

import dev.glissade.Objective;
import dev.glissade.ParameterLayout;
import dev.glissade.Problem;
import dev.glissade.Seeds;
import dev.glissade.TwiceDifferentiable;
import dev.glissade.problem.Objectives.LossOnDraw;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/// A problem whose TRAIN objectives have some more coordinates and the loss of a random convex
/// function of these; what is validated and tested stays as it is. Whatever the objective itself is
/// like, there is always something simple that an optimizer must be good at.
///
/// ```
/// f'(θ, x) = f(θ) + ‖c ⊙ x − a‖²/n,   x₀ = 0,   aᵢ ~ U[−1, 1],   log cᵢ ~ U[−1, 1]
/// ```
///
/// It is called `convex(quadratic, 20)`, with n in the second place.
///
/// Reference: K. Lv, S. Jiang, J. Li, *Learning gradient descent: better generalization and longer
/// horizons*, ICML 2017, section 4.1.
///
/// @param problem the problem
/// @param dimension n, from 1 to 1,000; 20 in the reference
public record WithConvexPart(Problem problem, int dimension) implements Problem {

  /// The most coordinates that a convex part may have.
  public static final int LARGEST = 1000;

  private static final String BLOCK = "convex-part";

  public WithConvexPart {
    if (dimension < 1 || dimension > LARGEST) {
      throw new IllegalArgumentException(
          "dimension must be from 1 to %s, got %s".formatted(LARGEST, dimension));
    }
  }

  /// The convex function ‖c ⊙ x − a‖²/n.
  @SuppressWarnings("ArrayRecordComponent") // never changed
  private record Bowl(float[] scales, float[] targets) {

    static Bowl random(RandomGenerator random, int dimension) {
      float[] scales = new float[dimension];
      float[] targets = new float[dimension];
      for (int i = 0; i < dimension; i++) {
        scales[i] = (float) Math.exp(random.nextDouble(-1, 1));
        targets[i] = (float) random.nextDouble(-1, 1);
      }
      return new Bowl(scales, targets);
    }

    double evaluate(float[] x, float[] gradient) {
      double loss = 0;
      for (int i = 0; i < x.length; i++) {
        float distance = scales[i] * x[i] - targets[i];
        loss += (double) distance * distance / x.length;
        gradient[i] = 2 * scales[i] * distance / x.length;
      }
      return loss;
    }

    void hessianTimes(float[] vector, float[] product) {
      for (int i = 0; i < vector.length; i++) {
        product[i] = 2 * scales[i] * scales[i] * vector[i] / vector.length;
      }
    }
  }

  @Override
  public String name() {
    return "convex(%s, %s)".formatted(problem.name(), dimension);
  }

  @Override
  public Objective sample(Split split, long seed) {
    Objective objective = problem.sample(split, seed);
    Bowl bowl = Bowl.random(Seeds.stream(seed, "convex-part", 0), dimension);
    return split == Split.TRAIN ? with(objective, bowl) : objective;
  }

  private static Objective with(Objective objective, Bowl bowl) {
    int own = objective.layout().size();
    int size = own + bowl.scales.length;
    List<ParameterLayout.Block> blocks = new ArrayList<>(objective.layout().blocks());
    blocks.add(ParameterLayout.block(BLOCK, bowl.scales.length));
    ParameterLayout layout = new ParameterLayout(blocks);
    float[] start = Arrays.copyOf(objective.initialParameters(), size);
    LossOnDraw loss =
        (parameters, draw, gradient) -> {
          float[] first = new float[own];
          float[] second = new float[size - own];
          double sum =
              objective.evaluate(Arrays.copyOf(parameters, own), draw, first)
                  + bowl.evaluate(Arrays.copyOfRange(parameters, own, size), second);
          deliver(first, second, gradient);
          return sum;
        };
    if (!(objective instanceof TwiceDifferentiable twice)) {
      return Objectives.of(layout, start, loss);
    }
    return Objectives.of(
        layout,
        start,
        loss,
        (parameters, draw, vector, product) -> {
          float[] first = new float[own];
          float[] second = new float[size - own];
          twice.hessianTimes(
              Arrays.copyOf(parameters, own), draw, Arrays.copyOf(vector, own), first);
          bowl.hessianTimes(Arrays.copyOfRange(vector, own, size), second);
          deliver(first, second, product);
        });
  }

  /// Puts the parts of a vector together.
  private static void deliver(float[] first, float[] second, float[] whole) {
    System.arraycopy(first, 0, whole, 0, first.length);
    System.arraycopy(second, 0, whole, first.length, second.length);
  }

  @Override
  public ParameterLayout layout() {
    return problem.layout();
  }

  @Override
  public boolean isTwiceDifferentiable() {
    return problem.isTwiceDifferentiable();
  }

  @Override
  public int steps() {
    return problem.steps();
  }
}
