package dev.glissade.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.Point;
import org.junit.jupiter.api.Test;

class GradientClippingTest {

  private static final ParameterLayout LAYOUT = ParameterLayout.of("x", 2);

  @Test
  void longGradientsAreScaledToTheNorm() {
    assertThat(updateFor(3, 4)).containsExactly(new float[] {-0.6f, -0.8f}, within(1e-6f));
    assertThat(updateFor(1e30f, -1e30f))
        .containsExactly(new float[] {-0.70710677f, 0.70710677f}, within(1e-6f));
  }

  @Test
  void shortGradientsPassUnchanged() {
    assertThat(updateFor(0.6f, 0.8f)).containsExactly(-0.6f, -0.8f);
    assertThat(updateFor(0, 0)).containsExactly(-0f, -0f);
  }

  @Test
  void stateIsTheInnerOptimizers() {
    var clipping = new GradientClipping<>(new Adam(0.1), 1);
    Adam.State state = clipping.start(LAYOUT);
    clipping.update(Point.of(0, new float[] {30, 40}), state, new float[2]);
    assertThat(state.mean()).containsExactly(new float[] {0.06f, 0.08f}, within(1e-6f));
  }

  private static float[] updateFor(float... gradient) {
    float[] update = new float[2];
    new GradientClipping<>(new Sgd(1), 1)
        .update(Point.of(0, gradient), new OptimizerState.Empty(), update);
    return update;
  }
}
