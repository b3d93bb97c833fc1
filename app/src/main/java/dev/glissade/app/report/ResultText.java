package dev.glissade.app.report;

import dev.glissade.app.terminal.Console;

/// A result as text on a console: its heading, its table, what it comes to.
public final class ResultText {

  private ResultText() {}

  /// Prints it.
  public static void print(Result result, Console console) {
    String caption = result.caption();
    console.print(
        "@|bold %s|@%s\n".formatted(result.title(), caption.isEmpty() ? "" : ": " + caption));
    result.table().print(console);
    console.print("");
    result.verdict().forEach(console::print);
  }
}
