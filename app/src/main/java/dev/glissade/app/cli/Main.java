package dev.glissade.app.cli;

import dev.glissade.app.terminal.Console;

/// The process behind `./glissade`: it gives a command this process's console and environment, and
/// ends with the command's exit code.
public final class Main {

  private Main() {}

  /// Runs one command and exits with its code: 0 done, 1 failed, 2 the arguments are wrong.
  ///
  /// @param arguments the words after `./glissade`, the command's name first
  public static void main(String[] arguments) {
    Console console = Console.ofProcess();
    // Ctrl-C ends a JVM without unwinding any stack: a hook is the last chance to say how to go on.
    Runtime.getRuntime().addShutdownHook(new Thread(console::interrupted));
    int code = Glissade.run(new Context(console, System.getenv()), arguments);
    System.exit(code);
  }
}
