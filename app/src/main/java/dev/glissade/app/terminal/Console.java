package dev.glissade.app.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/// Where a command writes: results to `out`, everything else to `err`.
public final class Console {

  private static final int DEFAULT_WIDTH = 80;

  /// Back to the line's start, and nothing on it: ECMA-48.
  private static final String CLEAR = "\r\033[2K";

  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean outIsTerminal;
  private final boolean errIsTerminal;
  private final int terminalWidth;
  private final boolean colours;
  private final AtomicReference<String> onInterrupt;
  private boolean lineShown; // a line that is redrawn is on the terminal
  private boolean interrupted;
  private boolean outIsReserved;

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
    return of(
        new PrintWriter(System.out, true, UTF_8),
        new PrintWriter(System.err, true, UTF_8),
        Boolean.getBoolean("glissade.terminal.out"),
        Boolean.getBoolean("glissade.terminal.err"),
        System.getenv());
  }

  /// A console as the environment wants it: a terminal that calls itself dumb understands no escape
  /// sequences.
  static Console of(
      PrintWriter out,
      PrintWriter err,
      boolean outIsTerminal,
      boolean errIsTerminal,
      Map<String, String> environment) {
    String columns = environment.getOrDefault("COLUMNS", "");
    boolean dumb = environment.getOrDefault("TERM", "").equals("dumb");
    return new Console(
        out,
        err,
        outIsTerminal,
        errIsTerminal && !dumb,
        columns.matches("[1-9]\\d{1,3}") ? Integer.parseInt(columns) : DEFAULT_WIDTH,
        environment.getOrDefault("NO_COLOR", "").isEmpty() && !dumb);
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
    if (outIsReserved) {
      note(Markup.plain(markup));
      return;
    }
    out.println(isColoured() ? Markup.coloured(markup) : Markup.plain(markup));
    out.flush();
  }

  /// Keeps `out` for data, which programs read: what is printed for people goes to `err` from now
  /// on.
  public void reserveOut() {
    outIsReserved = true;
  }

  /// Draws a line in place of the one drawn before; where there is no terminal, below it. Draws
  /// nothing any more once the process was interrupted.
  synchronized void redraw(String line) {
    if (interrupted) {
      return;
    }
    if (errIsTerminal) {
      err.print(CLEAR + line);
      err.flush();
      lineShown = true;
    } else {
      note(line);
    }
  }

  /// Takes the line that was drawn away from a terminal.
  synchronized void clear() {
    if (lineShown) {
      err.print(CLEAR);
      err.flush();
      lineShown = false;
    }
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
  ///
  /// @return whether everything that was printed could be written
  public boolean finished() {
    onInterrupt.set("");
    err.flush();
    return !out.checkError();
  }

  /// The process ends early: no line is drawn from now on.
  public synchronized void interrupted() {
    interrupted = true;
    clear();
    String message = onInterrupt.getAndSet("");
    if (!message.isEmpty()) {
      note(message);
    }
  }
}
