package dev.glissade.spark;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glissade.cluster.ClusterException;
import dev.glissade.cluster.ClusterProvider.OpenCluster;
import dev.glissade.cluster.ClusterProvider.Setup;
import dev.glissade.cluster.Job;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A JVM has one Spark at a time: hence a class of its own.
class StoppedClusterTest {

  /// It does not look like a bug of ours.
  @Test
  void aClusterThatHasStoppedSaysSo() {
    Setup setup = new Setup("test", new TestFinder(), List.of());
    OpenCluster stopped = new SparkClusterProvider().open("local[1]", setup);
    stopped.close();
    assertThatThrownBy(() -> stopped.runAll(new Constant(3), 1, () -> {}))
        .isInstanceOf(ClusterException.class)
        .hasMessageStartingWith("Spark has stopped");
  }

  private record Constant(int value) implements Job<Integer> {
    @Override
    public Integer run(int index) {
      return value;
    }
  }
}
