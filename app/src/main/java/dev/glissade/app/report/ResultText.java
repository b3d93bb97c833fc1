package dev.glissade.app.report;

import dev.glissade.app.terminal.Console;

/// A printer of results on a console: heading, table, conclusions. All commands with a [Result]
/// print it alike.
public final class ResultText {

  private ResultText() {}

  /// Prints a result.
  public static void print(Result result, Console console) {
    String caption = result.caption();
    console.print(
        "@|bold %s|@%s\n".formatted(result.title(), caption.isEmpty() ? "" : ": " + caption));
    result.table().print(console);
    console.print("");
    result.verdict().forEach(console::print);
  }
}
