package dev.glissade.app.catalog;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A class loader for the user's jars and folders. It is the context class loader of whatever a
/// command runs, and stays open as long: a class may load others at any time.
public final class ClassPath extends URLClassLoader {

  /// The name of the loader, as it stands in stack traces.
  private static final String NAME = "--classpath";

  private final String text;
  private final String fingerprint;

  /// The problems that were made, by the text that named them.
  private final Map<String, OwnProblem> problems = new ConcurrentHashMap<>();

  private ClassPath(String text, URL[] entries, String fingerprint) {
    super(NAME, entries, ClassPath.class.getClassLoader());
    this.text = text;
    this.fingerprint = fingerprint;
  }

  /// Opens the entries of a class path, separated as in `java -cp`. Every entry must exist: Java
  /// passes over those that do not, and the user would be told of a missing class.
  ///
  /// @throws IllegalArgumentException if one is neither a jar nor a folder
  public static ClassPath open(String text) {
    List<Path> entries = new ArrayList<>();
    List<URL> addresses = new ArrayList<>();
    for (String entry : text.split(File.pathSeparator, -1)) {
      Path path = Path.of(entry);
      if (entry.isEmpty() || !Files.exists(path)) {
        throw new IllegalArgumentException(
            "--classpath: no such jar or folder: '%s'".formatted(entry));
      }
      entries.add(path);
      addresses.add(address(path.toUri()));
    }
    return new ClassPath(text, addresses.toArray(URL[]::new), Fingerprint.ofClasses(entries));
  }

  private static URL address(URI uri) {
    try {
      return uri.toURL();
    } catch (IOException e) {
      throw new IllegalArgumentException("--classpath: cannot be read: " + uri, e);
    }
  }

  /// The class path as the user wrote it, for the commands that messages recommend.
  public String text() {
    return text;
  }

  /// The problem that a class on the path is; one instance for the whole command.
  ///
  /// @param name of the class, perhaps with the fingerprint that it must have
  /// @throws IllegalArgumentException with one line that says why there is none
  public OwnProblem problem(String name) {
    return problems.computeIfAbsent(name, n -> OwnProblem.load(n, this, fingerprint));
  }

  /// The frame in which the user's code threw an exception, or called the JDK so that it did.
  ///
  /// The name of this loader, which frames carry, tells the user's classes from Glissade's.
  ///
  /// @param e whatever was thrown
  /// @return the frame; empty if it was not the user's code
  public static Optional<StackTraceElement> culprit(Throwable e) {
    return Stream.of(e.getStackTrace())
        .dropWhile(frame -> isOfJdk(frame.getClassLoaderName()))
        .limit(1)
        .filter(ClassPath::isOwn)
        .findFirst();
  }

  /// The innermost place in the user's code on the way to an exception.
  public static Optional<StackTraceElement> caller(Throwable e) {
    return Stream.of(e.getStackTrace()).filter(ClassPath::isOwn).findFirst();
  }

  private static boolean isOwn(StackTraceElement frame) {
    return NAME.equals(frame.getClassLoaderName());
  }

  private static boolean isOfJdk(@Nullable String loader) {
    return loader == null || loader.equals("platform");
  }
}
