package dev.glissade.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// From kernels that are fast from the start to those that are fast in the end.
class WarmUpTest {

  @Test
  void vectorsTakeOverAndNoBitChanges() {
    Unroll unroll = Unroll.random(new LstmShape(2, 20, 10, 0.1f), 300, 10, 1);
    LstmKernels kernels = new WarmingLstmKernels(unroll.shape(), unroll.weights());
    Unroll.Forward forward = unroll.forward(kernels);
    float[] weights = unroll.backward(kernels, unroll.allCoordinates(), true).weights();
    long start = System.nanoTime();
    boolean done = false;
    while (!done && System.nanoTime() - start < TimeUnit.MINUTES.toNanos(3)) {
      done = WarmUp.isDone();
      assertThat(unroll.forward(kernels).updates()).isDeepEqualTo(forward.updates());
      assertThat(unroll.backward(kernels, unroll.allCoordinates(), true).weights())
          .isEqualTo(weights);
    }
    assertThat(done).isTrue();
  }
}
