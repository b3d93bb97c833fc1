package dev.glissade.djl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TermsTest {

  private static final float[] PARAMETERS = {8, 16, 32};

  private static float[] applied(Terms terms) {
    float[] gradient = {-3, 0.25f, 5};
    terms.apply(PARAMETERS, gradient);
    return gradient;
  }

  @Test
  void clipsOnBothSidesAfterRescalingAndBeforeDecay() {
    assertThat(applied(new Terms(2, 4, 0.5f))).containsExactly(-4 + 4, 0.5f + 8, 4 + 16);
  }

  @Test
  void leavesAGradientAloneByDefault() {
    assertThat(applied(new Terms(1, -1, 0))).containsExactly(-3, 0.25f, 5);
  }

  /// As DJL has it: only a negative bound is none.
  @Test
  void aBoundOfZeroClipsAll() {
    assertThat(applied(new Terms(1, 0, 0))).containsExactly(-0f, 0, 0);
  }

  @Test
  void theLossIsRescaledAndPenalised() {
    double penalty = 0.5 * 0.25 * (64 + 256 + 1024);
    assertThat(new Terms(2, -1, 0.25f).apply(3, PARAMETERS)).isEqualTo(6 + penalty);
  }
}
