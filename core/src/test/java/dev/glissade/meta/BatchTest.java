package dev.glissade.meta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glissade.Objective;
import dev.glissade.ParameterLayout;
import dev.glissade.TwiceDifferentiable;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A batch is its parts in their order, and a part that fails harms no other.
class BatchTest {

  /// What a part gives on draw 1.
  enum Failure {
    LOSS,
    GRADIENT,
    PRODUCT
  }

  /// `factor · Σ (n + 1 + draw)·xₙ` with a made-up Hessian; fails on draw 1 where it is told to.
  private record Part(String name, int size, float factor, List<Failure> failures)
      implements TwiceDifferentiable {

    Part(String name, int size, float factor, Failure... failures) {
      this(name, size, factor, List.of(failures));
    }

    @Override
    public ParameterLayout layout() {
      return ParameterLayout.of(name, size);
    }

    @Override
    public float[] initialParameters() {
      float[] start = new float[size];
      Arrays.fill(start, factor);
      return start;
    }

    private boolean fails(Failure failure, long draw) {
      return draw == 1 && failures.contains(failure);
    }

    @Override
    public double evaluate(float[] parameters, long draw, float[] gradient) {
      double loss = fails(Failure.LOSS, draw) ? Double.NaN : 0;
      for (int n = 0; n < size; n++) {
        gradient[n] = factor * (n + 1 + draw);
        loss += gradient[n] * parameters[n];
      }
      if (fails(Failure.GRADIENT, draw)) {
        gradient[size - 1] = Float.POSITIVE_INFINITY;
      }
      return loss;
    }

    @Override
    public void hessianTimes(float[] parameters, long draw, float[] vector, float[] product) {
      for (int n = 0; n < size; n++) {
        product[n] = factor * parameters[n] * vector[n] + draw;
      }
      if (fails(Failure.PRODUCT, draw)) {
        product[0] = Float.NaN;
      }
    }
  }

  private static final float[] POINT = {1, 2, 3, 4, 5};

  private static Batch batch(Objective... parts) {
    return new Batch(List.of(parts));
  }

  private static float[] filled(float value) {
    float[] values = new float[5];
    Arrays.fill(values, value);
    return values;
  }

  @Test
  void partsLieSideBySideInTheirOrder() {
    Batch batch = batch(new Part("a", 2, 10), new Part("b", 3, 1));
    assertThat(batch.layout())
        .isEqualTo(
            new ParameterLayout(
                List.of(ParameterLayout.block("a", 2), ParameterLayout.block("b", 3))));
    assertThat(batch.initialParameters()).containsExactly(10, 10, 1, 1, 1);
    float[] gradient = filled(9);
    double loss = batch.evaluate(POINT, 0, gradient);
    assertThat(gradient).containsExactly(10, 20, 1, 2, 3);
    assertThat(loss).isEqualTo(10 + 40 + 3 + 8 + 15);
    batch.evaluate(POINT, 7, gradient); // the draw is every part's
    assertThat(gradient).containsExactly(80, 90, 8, 9, 10);
  }

  @Test
  void everyPartSeesItsOwnPartOfAVector() {
    Batch batch = batch(new Part("a", 2, 10), new Part("b", 3, 1));
    float[] product = filled(9);
    batch.hessianTimes(POINT, 0, new float[] {1, 0, -1, 2, 0}, product);
    assertThat(product).containsExactly(10, 0, -3, 8, 0);
  }

  /// The gradient that is there is that of the evaluation before, and must not be stepped along
  /// again.
  @ParameterizedTest
  @EnumSource(names = {"LOSS", "GRADIENT"})
  void aPartThatIsNotFiniteStandsStillAndLeavesTheOthersAlone(Failure failure) {
    Batch batch = batch(new Part("a", 2, 10, failure), new Part("b", 3, 1));
    float[] gradient = filled(9);
    batch.evaluate(POINT, 0, gradient);
    assertThat(batch.nonFiniteCount()).isZero();
    double loss = batch.evaluate(POINT, 1, gradient);
    assertThat(gradient).containsExactly(0, 0, 2, 3, 4);
    assertThat(loss).isEqualTo((10 + 40) + 6 + 12 + 20); // 0 would be less than ever
    assertThat(batch.nonFiniteCount()).isEqualTo(1);
    batch.evaluate(POINT, 2, gradient); // and it may recover
    assertThat(gradient).containsExactly(30, 40, 3, 4, 5);
    assertThat(batch.nonFiniteCount()).isEqualTo(1);
  }

  @Test
  void everyPartIsCounted() {
    Batch batch = batch(new Part("a", 2, 10, Failure.LOSS), new Part("b", 3, 1, Failure.GRADIENT));
    float[] gradient = filled(9);
    assertThat(batch.evaluate(POINT, 1, gradient)).isZero();
    assertThat(gradient).containsOnly(0);
    assertThat(batch.nonFiniteCount()).isEqualTo(2);
  }

  @Test
  void aProductThatIsNotFiniteIsNotPassedOn() {
    Batch batch = batch(new Part("a", 2, 10), new Part("b", 3, 1, Failure.PRODUCT));
    float[] product = filled(9);
    batch.hessianTimes(POINT, 1, new float[] {1, 0, -1, 2, 0}, product);
    assertThat(product).containsExactly(11, 1, 0, 0, 0);
  }

  @Test
  void hasSecondDerivativesIfEveryPartHas() {
    Part part = new Part("a", 2, 1);
    Objective once = new Once(part);
    assertThat(batch(part, part).isTwiceDifferentiable()).isTrue();
    assertThat(batch(part, once).isTwiceDifferentiable()).isFalse();
  }

  /// An objective without second derivatives.
  record Once(Objective objective) implements Objective {
    @Override
    public ParameterLayout layout() {
      return objective.layout();
    }

    @Override
    public float[] initialParameters() {
      return objective.initialParameters();
    }

    @Override
    public double evaluate(float[] parameters, long draw, float[] gradient) {
      return objective.evaluate(parameters, draw, gradient);
    }
  }
}
