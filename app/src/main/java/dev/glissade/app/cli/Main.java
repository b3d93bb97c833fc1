package dev.glissade.app.cli;

import dev.glissade.app.terminal.Console;

/// The process behind `./glissade`.
public final class Main {

  private Main() {}

  /// Runs one command and exits with its code.
  public static void main(String[] arguments) {
    Console console = Console.ofProcess();
    Runtime.getRuntime().addShutdownHook(new Thread(console::interrupted));
    int code = Glissade.run(new Context(console, System.getenv()), arguments);
    System.exit(code);
  }
}
