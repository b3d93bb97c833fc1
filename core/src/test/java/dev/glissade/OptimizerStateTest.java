package dev.glissade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.glissade.optimizer.Adam;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OptimizerStateTest {

  record Arrays(List<float[]> arrays) implements OptimizerState {
    static Arrays of(float[]... arrays) {
      return new Arrays(List.of(arrays));
    }

    List<Integer> lengths() {
      return arrays.stream().map(array -> array.length).toList();
    }

    @Override
    public String toString() {
      return lengths().toString();
    }
  }

  @Test
  void copiesAreEqualAndIndependent() {
    Adam adam = new Adam(0.1);
    ParameterLayout layout = ParameterLayout.of("x", 2);
    Adam.State original = adam.start(layout);
    adam.update(Point.of(0, new float[] {1, -2}), original, new float[2]);
    Adam.State copy = adam.start(layout);
    copy.copyFrom(original);
    assertThat(copy.mean()).isEqualTo(original.mean()).isNotSameAs(original.mean());
    assertThat(copy.meanSquare()).isEqualTo(original.meanSquare()).containsOnly(0.001f, 0.004f);

    adam.update(Point.of(1, new float[] {1, 1}), original, new float[2]);
    assertThat(copy.mean()).isNotEqualTo(original.mean());
    assertThat(copy.meanSquare()).isNotEqualTo(original.meanSquare());
  }

  static Stream<Arrays> others() {
    return Stream.of(
        Arrays.of(new float[2]), // fewer
        Arrays.of(new float[2], new float[3], new float[1]), // more
        Arrays.of(new float[2], new float[2]), // shorter
        Arrays.of(new float[2], new float[4]), // longer
        Arrays.of(new float[3], new float[2])); // in another order
  }

  @ParameterizedTest
  @MethodSource("others")
  void statesOfAnotherShapeAreRefusedAsAWhole(Arrays other) {
    Arrays state = Arrays.of(new float[] {1, 2}, new float[] {3, 4, 5});
    assertThatIllegalArgumentException()
        .isThrownBy(() -> state.copyFrom(other))
        .withMessage(
            "the state of another optimizer or layout: arrays of lengths [2, 3]"
                + " expected, got "
                + other.lengths());
    assertThat(state.arrays.get(0)).containsExactly(1, 2);
    assertThat(state.arrays.get(1)).containsExactly(3, 4, 5);
  }

  @Test
  void emptyStateHasNoArrays() {
    var empty = new OptimizerState.Empty();
    empty.copyFrom(new OptimizerState.Empty());
    assertThat(empty.arrays()).isEmpty();
  }
}
