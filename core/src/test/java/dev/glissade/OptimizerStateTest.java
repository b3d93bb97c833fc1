package dev.glissade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glissade.optimizer.Adam;
import org.junit.jupiter.api.Test;

class OptimizerStateTest {

  @Test
  void copiesAreEqualAndIndependent() {
    Adam adam = new Adam(0.1);
    ParameterLayout layout = ParameterLayout.of("x", 2);
    Adam.State original = adam.start(layout);
    adam.update(new float[] {1, -2}, original, new float[2]);
    Adam.State copy = adam.start(layout);
    copy.copyFrom(original);
    assertThat(copy.mean()).isEqualTo(original.mean()).isNotSameAs(original.mean());
    assertThat(copy.step()).containsExactly(1);

    adam.update(new float[] {1, 1}, original, new float[2]);
    assertThat(copy.step()).containsExactly(1);
    assertThat(copy.mean()).isNotEqualTo(original.mean());
  }

  @Test
  void emptyStateHasNoArrays() {
    var empty = new OptimizerState.Empty();
    empty.copyFrom(new OptimizerState.Empty());
    assertThat(empty.arrays()).isEmpty();
  }
}
