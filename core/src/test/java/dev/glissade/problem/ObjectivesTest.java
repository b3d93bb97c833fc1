package dev.glissade.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.glissade.Objective;
import dev.glissade.ParameterLayout;
import dev.glissade.TwiceDifferentiable;
import org.junit.jupiter.api.Test;

/// Objectives out of functions.
class ObjectivesTest {

  private static final ParameterLayout LAYOUT = ParameterLayout.of("w", 1, 2);

  @Test
  void aFunctionOfTheParametersIgnoresTheDraw() {
    Objective bowl =
        Objectives.of(
            new float[] {3},
            (x, gradient) -> {
              gradient[0] = 2 * x[0];
              return x[0] * x[0];
            });
    float[] gradient = new float[1];
    assertThat(bowl.evaluate(new float[] {4}, 7, gradient)).isEqualTo(16);
    assertThat(gradient).containsExactly(8);
    assertThat(bowl.layout()).isEqualTo(ParameterLayout.of("x", 1));
    assertThat(bowl).isNotInstanceOf(TwiceDifferentiable.class);
  }

  @Test
  void theStartIsCopiedInAndOut() {
    float[] start = {3, 4};
    Objective once = Objectives.of(LAYOUT, start, (_, _, _) -> 0);
    Objective twice = Objectives.of(LAYOUT, start, (_, _, _) -> 0, (_, _, _, _) -> {});
    start[0] = 5;
    for (Objective objective : new Objective[] {once, twice}) {
      objective.initialParameters()[1] = 6;
      assertThat(objective.initialParameters()).containsExactly(3, 4);
      assertThat(objective.layout()).isEqualTo(LAYOUT);
    }
  }

  @Test
  void argumentsArriveWhereTheyBelong() {
    TwiceDifferentiable objective =
        Objectives.of(
            LAYOUT,
            new float[2],
            (parameters, draw, gradient) -> {
              gradient[0] = parameters[0];
              return draw;
            },
            (parameters, draw, vector, product) -> {
              product[0] = parameters[0] + 10 * vector[0];
              product[1] = draw;
            });
    float[] out = new float[2];
    assertThat(objective.evaluate(new float[] {1, 0}, 7, out)).isEqualTo(7);
    assertThat(out).containsExactly(1, 0);
    objective.hessianTimes(new float[] {1, 0}, 7, new float[] {2, 0}, out);
    assertThat(out).containsExactly(21, 7);
  }

  @Test
  void theStartMustFitTheLayout() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Objectives.of(LAYOUT, new float[3], (_, _, _) -> 0))
        .withMessage("start must have the layout's 2 elements, got 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Objectives.of(LAYOUT, new float[1], (_, _, _) -> 0, (_, _, _, _) -> {}))
        .withMessage("start must have the layout's 2 elements, got 1");
  }
}
