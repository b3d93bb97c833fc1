package dev.glissade.app.cli;

import java.util.Optional;
import picocli.CommandLine.Option;

/// The option `--master`, with which a cluster does the work.
final class MasterOption {

  /// The name of the option on which [Glissade] acts, before the command runs.
  static final String NAME = "--master";

  @Option(
      names = NAME,
      paramLabel = "MASTER",
      description =
          "Let a Spark cluster do the work: local[N], spark://HOST:PORT, k8s://... or yarn; the"
              + " result does not depend on it (see docs/cluster.md).")
  @SuppressWarnings("unused") // Glissade asks the parser for it
  private Optional<String> master = Optional.empty();
}
