package dev.glissade.app.cli;

import dev.glissade.app.catalog.ClassPath;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The option `--classpath`.
final class ClassPathOption {

  @Option(
      names = "--classpath",
      paramLabel = "PATH",
      description =
          "Jars and folders of classes, separated as in java -cp. A class there that implements"
              + " dev.glissade.Problem can be named as a PROBLEM, such as com.example.Fits.")
  private Optional<String> path = Optional.empty();

  /// To be called before a problem is named.
  void use() {
    path.map(ClassPath::open).ifPresent(Thread.currentThread()::setContextClassLoader);
  }
}
