package dev.glissade.app.cluster;

import dev.glissade.cluster.Cluster;
import dev.glissade.cluster.ClusterProvider;
import dev.glissade.cluster.ClusterProvider.OpenCluster;
import dev.glissade.cluster.ClusterProvider.Setup;
import dev.glissade.cluster.Job;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/// The cluster of a master, which is opened when there is first something to do: a mistake in a
/// command's arguments is told before that.
public final class LazyCluster implements Cluster, AutoCloseable {

  private final String master;
  private final Setup setup;
  private Optional<OpenCluster> opened = Optional.empty();

  /// A cluster that nobody has asked for anything yet.
  ///
  /// @param master its address, such as `spark://host:7077`
  /// @param setup what its machines need
  public LazyCluster(String master, Setup setup) {
    this.master = master;
    this.setup = setup;
  }

  @Override
  public <R> List<R> runAll(Job<R> job, int count, Runnable done) {
    return open().runAll(job, count, done);
  }

  private synchronized OpenCluster open() {
    if (opened.isEmpty()) {
      ClusterProvider provider =
          ServiceLoader.load(ClusterProvider.class)
              .findFirst()
              .orElseThrow(() ->
                  new IllegalArgumentException(
                      "--master needs glissade-spark and Spark on the class path: ./glissade puts"
                          + " them there"));
      opened = Optional.of(provider.open(master, setup));
    }
    return opened.get();
  }

  @Override
  public synchronized void close() {
    opened.ifPresent(OpenCluster::close);
    opened = Optional.empty();
  }
}
