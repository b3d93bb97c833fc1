package dev.glissade.app.cli;

import dev.glissade.app.catalog.ClassPath;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The option `--classpath`, with which a problem can be a class of the user's.
final class ClassPathOption {

  /// The name of the option.
  static final String NAME = "--classpath";

  @Option(
      names = NAME,
      paramLabel = "PATH",
      description =
          "Jars and folders of classes, separated as in java -cp. A class there that implements"
              + " dev.glissade.Problem can be named as a PROBLEM, such as com.example.Fits.")
  private Optional<String> path = Optional.empty();

  /// The class path once it was opened. It is opened once a command: two loaders would give two
  /// classes of the same name that are not equal.
  private Optional<ClassPath> opened = Optional.empty();

  /// The class path, if one was given. Its classes become the context of whatever the command runs:
  /// they may look there for others. [Glissade#run] puts the old context back.
  ///
  /// @throws IllegalArgumentException if it cannot be opened
  Optional<ClassPath> open() {
    if (opened.isEmpty()) {
      opened = path.map(ClassPath::open);
      opened.ifPresent(Thread.currentThread()::setContextClassLoader);
    }
    return opened;
  }
}
