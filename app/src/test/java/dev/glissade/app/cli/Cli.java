package dev.glissade.app.cli;

import dev.glissade.app.terminal.Console;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// One command, run in this process.
///
/// @param code the exit code
/// @param out what it wrote to standard output
/// @param err what it wrote to standard error
record Cli(int code, String out, String err) {

  private static final List<Object> SMALL =
      List.of(
          (Object[])
              "--steps 10 --unroll 5 --batch 2 --hidden 3 --validate-every 2 --validation-instances 2"
                  .split(" "));

  /// Runs a command whose cache lies in `folder`.
  static Cli run(Path folder, Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Console console = Console.plain(new PrintWriter(out), new PrintWriter(err));
    Map<String, String> environment =
        Map.of("GLISSADE_CACHE", folder.resolve("cache").toString(), "PATH", "");
    String[] texts = new String[arguments.length];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = arguments[i].toString();
    }
    int code = Glissade.run(new Context(console, environment), texts);
    console.err().flush();
    return new Cli(code, out.toString(), err.toString());
  }

  /// Runs `train` with these arguments, and small settings after them.
  static Cli train(Path folder, Object... arguments) {
    return run(
        folder,
        Stream.of(Stream.of("train"), Stream.of(arguments), SMALL.stream())
            .flatMap(words -> words)
            .toArray());
  }
}
