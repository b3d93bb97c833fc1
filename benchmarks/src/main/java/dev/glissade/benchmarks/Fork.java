package dev.glissade.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A JVM of its own for one measurement, with the options of this one.
final class Fork {

  private Fork() {}

  /// Runs a class and waits for it.
  ///
  /// @param options for Java, which come last, so that they win
  /// @return what it printed
  static String run(Class<?> main, List<String> options, String... arguments) throws IOException {
    List<String> all = new ArrayList<>(ManagementFactory.getRuntimeMXBean().getInputArguments());
    all.addAll(options);
    return fresh(main, all, arguments);
  }

  /// Runs a class without the options of this JVM, and waits for it.
  ///
  /// @param options for Java
  /// @return what it printed
  static String fresh(Class<?> main, List<String> options, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = process.onExit().join().exitValue();
    if (code != 0) {
      throw new IllegalStateException(
          "exit code %s of %s".formatted(code, String.join(" ", command)));
    }
    return output.strip();
  }
}
