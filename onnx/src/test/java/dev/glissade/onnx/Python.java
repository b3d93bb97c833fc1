package dev.glissade.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The Python of this machine, where there is one.
final class Python {

  private static final String PROGRAM = "python3";

  private Python() {}

  /// Skips a test where a module of Python is not installed.
  static void require(String module) throws IOException, InterruptedException {
    assumeTrue(has(module), "no python3 with %s here".formatted(module));
  }

  private static boolean has(String module) throws InterruptedException {
    try {
      return new ProcessBuilder(PROGRAM, "-c", "import " + module)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false; // no Python at all
    }
  }

  /// Runs a script, and fails if it does.
  ///
  /// @param folder in which it runs
  /// @param scratch a folder for what it is kept in
  /// @return what it printed
  static String run(Path folder, Path scratch, String script, Path... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(PROGRAM);
    command.add(Files.writeString(scratch.resolve("script.py"), script).toString());
    Arrays.stream(arguments).map(Path::toString).forEach(command::add);
    Path output = scratch.resolve("output.txt");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    int code = process.waitFor();
    String printed = Files.readString(output);
    assertThat(code).as(printed).isZero();
    return printed;
  }
}
