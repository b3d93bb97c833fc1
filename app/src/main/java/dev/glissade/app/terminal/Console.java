package dev.glissade.app.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/// A pair of streams where a command writes: results to `out`, everything else to `err`, so that
/// results can be piped. It knows which of them a person looks at, and how wide the terminal is;
/// [Table] and [Progress] ask it.
///
/// Streams are flushed after each line: whoever reads along sees a long command at work.
public final class Console {

  /// The columns that are assumed where nothing is known of a terminal.
  private static final int DEFAULT_WIDTH = 80;

  /// Back to the line's start, and nothing on it: ECMA-48.
  private static final String CLEAR = "\r\033[2K";

  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean outIsTerminal;
  private final boolean errIsTerminal;
  private final int terminalWidth;
  private final boolean colours;

  /// What makes the message for an interrupt, empty for none; set by commands, asked by a shutdown
  /// hook's thread.
  private final AtomicReference<Supplier<String>> onInterrupt;

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
    this.onInterrupt = new AtomicReference<>(Console::nothing);
  }

  /// A console that is no terminal: no colours, no progress redrawn in place, tables of any width.
  /// Tests read what goes there.
  public static Console plain(PrintWriter out, PrintWriter err) {
    return new Console(out, err, false, false, DEFAULT_WIDTH, false);
  }

  /// The console of this process. The launcher says which streams are terminals: a JVM only knows
  /// whether all of them are.
  ///
  /// `COLUMNS` gives the width, where it is a number from 10 to 9999; any `NO_COLOR` that is not
  /// empty turns colours off.
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

  /// Whether progress can be redrawn in place, because `err` is a terminal.
  public boolean errIsTerminal() {
    return errIsTerminal;
  }

  /// The columns that a line of progress may take.
  int terminalWidth() {
    return terminalWidth;
  }

  /// The columns that a result may take: as many as it wants, except on a terminal.
  int outWidth() {
    return outIsTerminal ? terminalWidth : Integer.MAX_VALUE;
  }

  /// The columns of running text, such as help: those of the terminal, but 60 to 100, where lines
  /// are read with ease.
  public int textWidth() {
    return Math.clamp(outIsTerminal ? terminalWidth : DEFAULT_WIDTH, 60, 100);
  }

  /// Whether results may be coloured.
  public boolean isColoured() {
    return outIsTerminal && colours;
  }

  /// Prints a line of a result.
  ///
  /// @param markup text with styles as in `@|bold …|@`, which are left out where there are no
  ///   colours
  /// @throws IllegalArgumentException if a style is unknown and there are colours
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

  /// Sets what to say if the process is interrupted from now on.
  ///
  /// @param message one line; empty for nothing
  public void onInterrupt(String message) {
    onInterrupt(() -> message);
  }

  /// Sets what to do, and then to say, if the process is interrupted from now on.
  ///
  /// @param last does it on a thread of its own, while the command still runs, and gives one line;
  ///   empty for nothing
  public void onInterrupt(Supplier<String> last) {
    onInterrupt.set(last);
  }

  private static String nothing() {
    return "";
  }

  /// All went to its end.
  ///
  /// @return whether everything that was printed could be written
  public boolean finished() {
    onInterrupt.set(Console::nothing);
    err.flush();
    return !out.checkError();
  }

  /// The process ends early: no line is drawn from now on.
  public synchronized void interrupted() {
    interrupted = true;
    clear();
    String message = onInterrupt.getAndSet(Console::nothing).get();
    if (!message.isEmpty()) {
      note(message);
    }
  }
}
