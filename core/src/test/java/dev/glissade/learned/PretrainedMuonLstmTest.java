package dev.glissade.learned;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glissade.BlockFilter;
import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.ParameterLayout.Slice;
import dev.glissade.Point;
import dev.glissade.optimizer.Muon;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What ships as LSTMs that correct Muon: the LSTMs, and nothing else, make it fade.
class PretrainedMuonLstmTest {

  private static final ParameterLayout LAYOUT =
      new ParameterLayout(
          List.of(
              ParameterLayout.block("conv0/weights", 3, 2, 2, 2),
              ParameterLayout.block("conv0/bias", 3),
              ParameterLayout.block("dense0/weights", 6, 4)));

  private static final int STEPS = 1000;
  private static final float[][] GRADIENTS = Steps.gradients(5, STEPS, LAYOUT.size());
  private static final BlockFilter OUTPUT = new BlockFilter("/output/");

  @ParameterizedTest
  @EnumSource(names = {"CIFAR_MUON_LSTM", "CIFAR_MUON_LSTM_SUB"})
  void silencedItIsMuonAtAConstantRate(Pretrained pretrained) {
    TrainedOptimizer trained = pretrained.load();
    float[] weights = trained.weights();
    for (Slice slice : trained.architecture().layout().slices()) {
      if (OUTPUT.matches(slice.block())) {
        Arrays.fill(weights, slice.offset(), slice.end(), 0);
      }
    }
    assertThat(updates(trained.architecture().with(weights), GRADIENTS))
        .isDeepEqualTo(updates(new Muon(0.00316), GRADIENTS));
  }

  /// By a fifth, in each group, from a hundred steps on, though gradients stay as they are.
  @ParameterizedTest
  @EnumSource(names = {"CIFAR_MUON_LSTM", "CIFAR_MUON_LSTM_SUB"})
  void itsFactorsFallWithTheSteps(Pretrained pretrained) {
    float[][] own = updates(pretrained.load().optimizer(), GRADIENTS);
    float[][] base = updates(new Muon(0.00316), GRADIENTS);
    for (Slice slice : LAYOUT.slices()) {
      double early = size(own[99], slice) / size(base[99], slice);
      double late = size(own[999], slice) / size(base[999], slice);
      assertThat(late).as(slice.block().name()).isBetween(0.1 * early, 0.8 * early);
    }
  }

  /// As on problems that come to their end: there the factors fall further, in each group.
  @ParameterizedTest
  @EnumSource(names = {"CIFAR_MUON_LSTM", "CIFAR_MUON_LSTM_SUB"})
  void itsFactorsFallWithTheGradients(Pretrained pretrained) {
    float[][] shrinking = new float[STEPS][];
    for (int t = 0; t < STEPS; t++) {
      shrinking[t] = GRADIENTS[t].clone();
      for (int n = 0; n < shrinking[t].length; n++) {
        shrinking[t][n] *= (float) Math.exp(-0.01 * t); // to 5e-5
      }
    }
    Optimizer<?> own = pretrained.load().optimizer();
    Muon muon = new Muon(0.00316);
    float[] kept = updates(own, GRADIENTS)[STEPS - 1];
    float[] shrunk = updates(own, shrinking)[STEPS - 1];
    float[] keptBase = updates(muon, GRADIENTS)[STEPS - 1];
    float[] shrunkBase = updates(muon, shrinking)[STEPS - 1];
    for (Slice slice : LAYOUT.slices()) {
      double factor = size(kept, slice) / size(keptBase, slice);
      assertThat(size(shrunk, slice) / size(shrunkBase, slice))
          .as(slice.block().name())
          .isBetween(0.05 * factor, 0.8 * factor);
    }
  }

  private static double size(float[] update, Slice slice) {
    double squares = 0;
    for (int n = slice.offset(); n < slice.end(); n++) {
      squares += (double) update[n] * update[n];
    }
    return Math.sqrt(squares);
  }

  private static <S extends OptimizerState> float[][] updates(
      Optimizer<S> optimizer, float[][] gradients) {
    S state = optimizer.start(LAYOUT);
    float[][] updates = new float[STEPS][LAYOUT.size()];
    for (int t = 0; t < STEPS; t++) {
      optimizer.update(Point.of(t, gradients[t]), state, updates[t]);
    }
    return updates;
  }
}
