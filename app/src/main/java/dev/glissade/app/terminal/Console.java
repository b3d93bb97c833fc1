package dev.glissade.app.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintWriter;
import java.util.concurrent.atomic.AtomicReference;

/// Where a command writes: results to `out`, everything else to `err`.
public final class Console {

  private static final int DEFAULT_WIDTH = 80;

  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean outIsTerminal;
  private final boolean errIsTerminal;
  private final int terminalWidth;
  private final boolean colours;
  private final AtomicReference<String> onInterrupt;

  /// A console of two streams.
  ///
  /// @param outIsTerminal whether results go to a terminal
  /// @param errIsTerminal whether all else does
  /// @param terminalWidth columns of the terminal, if there is one
  /// @param colours whether the user wants colours
  public Console(
      PrintWriter out,
      PrintWriter err,
      boolean outIsTerminal,
      boolean errIsTerminal,
      int terminalWidth,
      boolean colours) {
    this.out = out;
    this.err = err;
    this.outIsTerminal = outIsTerminal;
    this.errIsTerminal = errIsTerminal;
    this.terminalWidth = terminalWidth;
    this.colours = colours;
    this.onInterrupt = new AtomicReference<>("");
  }

  /// A console that is no terminal.
  public static Console plain(PrintWriter out, PrintWriter err) {
    return new Console(out, err, false, false, DEFAULT_WIDTH, false);
  }

  /// This process's console. The launcher says which streams are terminals: a JVM only knows
  /// whether all of them are.
  public static Console ofProcess() {
    String noColor = System.getenv().getOrDefault("NO_COLOR", "");
    String columns = System.getenv().getOrDefault("COLUMNS", "");
    return new Console(
        new PrintWriter(System.out, true, UTF_8),
        new PrintWriter(System.err, true, UTF_8),
        Boolean.getBoolean("glissade.terminal.out"),
        Boolean.getBoolean("glissade.terminal.err"),
        columns.matches("[1-9]\\d{1,3}") ? Integer.parseInt(columns) : DEFAULT_WIDTH,
        noColor.isEmpty());
  }

  /// The stream for results.
  public PrintWriter out() {
    return out;
  }

  /// The stream for everything else.
  public PrintWriter err() {
    return err;
  }

  /// Whether progress can be redrawn in place.
  boolean errIsTerminal() {
    return errIsTerminal;
  }

  /// Columns for progress.
  int terminalWidth() {
    return terminalWidth;
  }

  /// Columns for results: as many as it takes, except on a terminal.
  int outWidth() {
    return outIsTerminal ? terminalWidth : Integer.MAX_VALUE;
  }

  /// Columns for running text.
  public int textWidth() {
    return Math.clamp(outIsTerminal ? terminalWidth : DEFAULT_WIDTH, 60, 100);
  }

  /// Whether results may be coloured.
  public boolean isColoured() {
    return outIsTerminal && colours;
  }

  /// Prints a line of a result, with styles as in `@|bold …|@`.
  public void print(String markup) {
    out.println(isColoured() ? Markup.coloured(markup) : Markup.plain(markup));
    out.flush();
  }

  /// Prints a line that is not part of the results: what was written, what was assumed.
  public void note(String text) {
    err.println(text);
    err.flush();
  }

  /// What to say if the process is interrupted from now on.
  public void onInterrupt(String message) {
    onInterrupt.set(message);
  }

  /// All went to its end.
  public void finished() {
    onInterrupt.set("");
    out.flush();
    err.flush();
  }

  /// The process ends early.
  public void interrupted() {
    String message = onInterrupt.getAndSet("");
    if (!message.isEmpty()) {
      err.print(errIsTerminal ? "\r\033[2K" : "");
      note(message);
    }
  }
}
