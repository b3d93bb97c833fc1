package dev.glissade.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What holds for all kernels, whatever they are made of.
class LstmKernelsContractTest {

  private static final LstmShape SHAPE = new LstmShape(2, 20, 10, 0.1f);

  /// Makes kernels.
  interface Factory {
    LstmKernels create(LstmShape shape, float[] weights);
  }

  static List<Factory> implementations() {
    return List.of(
        ScalarLstmKernels::new,
        BlockLstmKernels::portable,
        (shape, w) -> LstmKernels.create(shape, w));
  }

  @ParameterizedTest
  @MethodSource("implementations")
  void zeroOutputLayerMeansZeroUpdate(Factory factory) {
    Unroll unroll = Unroll.random(SHAPE, 100, 3, 1);
    Arrays.fill(unroll.weights(), SHAPE.weightsOffset(2), SHAPE.size(), 0);
    Unroll.Forward forward = unroll.forward(factory.create(SHAPE, unroll.weights()));
    for (float[] update : forward.updates()) {
      assertThat(update).containsOnly(0);
    }
  }

  @ParameterizedTest
  @MethodSource("implementations")
  void permutingCoordinatesPermutesUpdates(Factory factory) {
    int coordinates = 150;
    Unroll unroll = Unroll.random(SHAPE, coordinates, 1, 2);
    LstmKernels kernels = factory.create(SHAPE, unroll.weights());
    float[] update = new float[coordinates];
    float[] reversedUpdate = new float[coordinates];
    LstmState state = LstmState.zero(SHAPE, coordinates);
    LstmState reversedState = LstmState.zero(SHAPE, coordinates);
    for (float[] gradient : unroll.gradients()) {
      kernels.forward(gradient, state, update);
      kernels.forward(reversed(gradient), reversedState, reversedUpdate);
      assertThat(reversed(reversedUpdate)).isEqualTo(update);
    }
  }

  private static float[] reversed(float[] values) {
    float[] reversed = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      reversed[i] = values[values.length - 1 - i];
    }
    return reversed;
  }

  @ParameterizedTest
  @MethodSource("implementations")
  void subsetsOfCoordinatesSumToTheWhole(Factory factory) {
    Unroll unroll = Unroll.random(SHAPE, 200, 4, 3);
    LstmKernels kernels = factory.create(SHAPE, unroll.weights());
    int[] some = IntStream.range(0, 200).filter(n -> n % 3 == 1).toArray();
    int[] rest = IntStream.range(0, 200).filter(n -> n % 3 != 1).toArray();
    float[] whole = unroll.backward(kernels, unroll.allCoordinates(), false).weights();
    float[] first = unroll.backward(kernels, some, false).weights();
    float[] second = unroll.backward(kernels, rest, false).weights();
    float scale = 0;
    for (float derivative : whole) {
      scale = Math.max(scale, Math.abs(derivative));
    }
    for (int i = 0; i < whole.length; i++) {
      assertThat(first[i] + second[i]).isCloseTo(whole[i], within(1e-5f * scale));
    }
  }

  @ParameterizedTest
  @MethodSource("implementations")
  void otherCoordinatesAreLeftAlone(Factory factory) {
    Unroll unroll = Unroll.random(SHAPE, 130, 2, 4);
    LstmKernels kernels = factory.create(SHAPE, unroll.weights());
    int[] some = {5, 64, 128};
    Unroll.Backward part = unroll.backward(kernels, some, true);
    Unroll.Backward whole = unroll.backward(kernels, unroll.allCoordinates(), true);
    for (int n = 0; n < 130; n++) {
      boolean touched = Arrays.binarySearch(some, n) >= 0;
      int index = part.start().hiddenIndex(1, 7, n);
      assertThat(part.channels()[n]).isEqualTo(touched ? whole.channels()[n] : 0);
      assertThat(part.start().values()[index])
          .isEqualTo((touched ? whole.start() : unroll.endGradient()).values()[index]);
    }
  }

  @ParameterizedTest
  @MethodSource("implementations")
  void weightGradientIsAddedTo(Factory factory) {
    Unroll unroll = Unroll.random(SHAPE, 10, 2, 5);
    LstmKernels kernels = factory.create(SHAPE, unroll.weights());
    float[] once = unroll.backward(kernels, unroll.allCoordinates(), false).weights();
    float[] twice = once.clone();
    kernels.backward(
        List.of(unroll.start()),
        unroll.channels(),
        unroll.gradients(),
        unroll.multipliers(),
        unroll.allCoordinates(),
        twice,
        null,
        null);
    for (int i = 0; i < once.length; i++) {
      assertThat(twice[i]).isCloseTo(2 * once[i], within(1e-3f * Math.abs(once[i]) + 1e-6f));
    }
  }

  /// What one layer gives without averages, averaged, is what all coordinates see with them.
  @ParameterizedTest
  @MethodSource("implementations")
  void globalCellsAreAveragedOverAllCoordinates(Factory factory) {
    Unroll unroll = Unroll.random(new LstmShape(1, 20, 1, 10, 0.1f, 5), 150, 1, 6);
    LstmShape apart = new LstmShape(1, 20, 10, 0.1f);
    LstmState end = unroll.forward(factory.create(unroll.shape(), unroll.weights())).end();
    LstmState own = unroll.forward(factory.create(apart, unroll.weights())).end();
    for (int u = 0; u < 20; u++) {
      double sum = 0;
      for (int n = 0; n < 150; n++) {
        sum += own.values()[own.hiddenIndex(0, u, n)];
      }
      for (int n = 0; n < 150; n++) {
        float given = own.values()[own.hiddenIndex(0, u, n)];
        assertThat(end.values()[end.hiddenIndex(0, u, n)])
            .isCloseTo(u < 5 ? (float) (sum / 150) : given, within(1e-6f));
        int cell = own.cellIndex(0, u, n);
        assertThat(end.values()[cell]).isEqualTo(own.values()[cell]);
      }
    }
  }

  /// The layer above sees the averages in the same step: with every cell averaged all coordinates
  /// make the same update.
  @ParameterizedTest
  @MethodSource("implementations")
  void updatesOfAveragesAloneAreAlike(Factory factory) {
    LstmShape shape = new LstmShape(2, 8, 1, 10, 0.1f, 8);
    Unroll unroll = Unroll.random(shape, 70, 3, 7);
    for (float[] update : unroll.forward(factory.create(shape, unroll.weights())).updates()) {
      assertThat(update).containsOnly(update[0]);
    }
  }

  @Test
  void wrongNumberOfWeightsIsNamed() {
    assertThatThrownBy(() -> LstmKernels.create(SHAPE, new float[3]))
        .hasMessageContaining("5141")
        .hasMessageContaining("3");
  }
}
