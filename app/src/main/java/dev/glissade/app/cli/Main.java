package dev.glissade.app.cli;

import dev.glissade.app.terminal.Console;
import java.util.Locale;

/// The process behind `./glissade`.
public final class Main {

  private Main() {}

  /// Runs one command and exits with its code.
  public static void main(String[] arguments) {
    // One format for people too: what is printed here can be typed there, and charts are as tables.
    Locale.setDefault(Locale.ROOT);
    Console console = Console.ofProcess();
    Runtime.getRuntime().addShutdownHook(new Thread(console::interrupted));
    int code = Glissade.run(new Context(console, System.getenv()), arguments);
    console.finished();
    System.exit(code);
  }
}
