package dev.glissade.cluster;

import java.nio.file.Path;
import java.util.List;

/// Opens clusters. Implementations are found by [java.util.ServiceLoader].
public interface ClusterProvider {

  /// Opens the cluster of a master.
  ///
  /// @param master its address, such as `spark://host:7077`
  /// @param setup what its machines need
  /// @throws IllegalArgumentException if the address has no form that is known
  OpenCluster open(String master, Setup setup);

  /// What the machines of a cluster need for a command's work, besides the classes of this JVM.
  ///
  /// @param name of the application, as the cluster shows it
  /// @param finder of the problems
  /// @param files that the finder reads, sent to the folder that each machine works in
  record Setup(String name, ProblemFinder finder, List<Path> files) {

    public Setup {
      files = List.copyOf(files);
    }
  }

  /// A cluster that is held until it is closed.
  interface OpenCluster extends Cluster, AutoCloseable {

    /// Lets go of the machines.
    @Override
    void close();
  }
}
