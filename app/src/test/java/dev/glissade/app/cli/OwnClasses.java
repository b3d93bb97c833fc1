package dev.glissade.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glissade.Problem;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/// Classes of a user's, compiled by a test.
///
/// @param folder where they are put
record OwnClasses(Path folder) {

  /// Compiles one class in the unnamed package.
  ///
  /// @return the folder with the classes
  Path compile(String name, String code) throws IOException {
    return compile(Files.writeString(folder.resolve(name + ".java"), code));
  }

  /// Compiles a file.
  ///
  /// @return the folder with the classes
  Path compile(Path source) throws IOException {
    Path classes = Files.createTempDirectory(folder, "classes");
    StringWriter errors = new StringWriter();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      String core = Problem.class.getProtectionDomain().getCodeSource().getLocation().getPath();
      List<String> options = List.of("-cp", core, "-d", classes.toString());
      boolean done =
          compiler
              .getTask(errors, files, null, options, null, files.getJavaFileObjects(source))
              .call();
      assertThat(done).as(errors.toString()).isTrue();
    }
    return classes;
  }
}
