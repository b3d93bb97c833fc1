package dev.glissade.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class VectorsTest {

  @Test
  void oneValueThatIsNotFiniteIsFoundAnywhere() {
    for (int size = 1; size < 70; size++) {
      float[] values = new float[size];
      values[size / 2] = -Float.MAX_VALUE;
      assertThat(Vectors.allFinite(values)).isTrue();
      for (int i = 0; i < size; i++) {
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, -1 / 0f}) {
          float[] others = values.clone();
          others[i] = bad;
          assertThat(Vectors.allFinite(others)).as("%s of %s", i, size).isFalse();
        }
      }
    }
  }

  @Test
  void squaresOfAPartAreSummed() {
    float[] values = {100, 1, 2, 3, 4, 5, 6, 7, 8, 9, 100};
    double sum = 0;
    for (int to = 1; to < 11; to++) {
      assertThat(Vectors.squares(values, 1, to)).isEqualTo(sum);
      sum += to * to;
    }
  }

  @Test
  void normsOfLargeValuesAreFinite() {
    assertThat(Vectors.norm(new float[] {3e38f, 0, -1e38f}))
        .isCloseTo(Math.sqrt(10) * 1e38, within(1e32));
  }
}
