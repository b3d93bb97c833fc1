package dev.glissade.app.terminal;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleFunction;

/// A display of how far a long computation is: a line that is redrawn on a terminal, a line now and
/// then elsewhere. It says nothing about what is quick: the first line comes after half a second on
/// a terminal, after five elsewhere.
///
/// It can be updated from any thread; most calls return at once, because it is not yet time to
/// draw.
public final class Progress implements AutoCloseable {

  private static final long SECOND = 1_000_000_000L;

  /// The window of the rate, which is that of the last one or two of them: a JVM gets faster as it
  /// runs.
  private static final long WINDOW = 5 * SECOND;

  /// The time after which the rate is believed, however little is done: a JVM has warmed up.
  private static final long WARM = 10 * SECOND;

  private static final int WIDEST_BAR = 30;
  private static final int NARROWEST_BAR = 5;

  private final Console console;
  private final String title;
  private final long total;
  private final DoubleFunction<String> amount;
  private final AtomicLong counted;
  private final long begin = System.nanoTime();
  private volatile long nextDraw;
  private Mark from; // the rate is counted from here
  private Mark next; // and from here when that is too long ago

  /// A moment, and how much was done by then.
  private record Mark(long nanos, double done) {}

  /// Begins a progress whose rate is a plain number.
  ///
  /// @param console on whose error stream it is shown
  /// @param title one or two words
  /// @param first how much is done already
  /// @param total how much there is to do
  public Progress(Console console, String title, long first, long total) {
    this(console, title, first, total, rate -> Numbers.digits(rate, 2));
  }

  /// Begins a progress whose rate has a unit.
  ///
  /// @param console on whose error stream it is shown
  /// @param title one or two words
  /// @param first how much is done already
  /// @param total how much there is to do
  /// @param amount how to write what is done in a second
  public Progress(
      Console console, String title, long first, long total, DoubleFunction<String> amount) {
    this.console = console;
    this.title = title;
    this.total = total;
    this.amount = amount;
    this.counted = new AtomicLong(first);
    this.from = new Mark(begin, first);
    this.next = from;
    this.nextDraw = from.nanos + (console.errIsTerminal() ? SECOND / 2 : 5 * SECOND);
  }

  /// Shows how far it is, if it is time for that.
  ///
  /// @param done how much is done, of the total
  /// @param detail such as the current loss
  public void update(long done, String detail) {
    update((double) done, detail);
  }

  /// Shows how far it is within one of the total, if it is time for that.
  ///
  /// @param done how much is done, of the total, with a part of the next
  /// @param detail such as the current loss
  public void update(double done, String detail) {
    if (System.nanoTime() >= nextDraw) {
      draw(done, detail);
    }
  }

  /// Counts one more that is done, on any thread. The total may be a guess: counts beyond it are
  /// shown as almost all.
  ///
  /// @param detail such as the name of a part
  public void oneMore(String detail) {
    update(Math.min(counted.incrementAndGet(), Math.max(0, total - 1)), detail);
  }

  /// Draws the line, unless another thread has just done so.
  private synchronized void draw(double done, String detail) {
    long now = System.nanoTime();
    if (now < nextDraw) {
      return; // another thread was faster
    }
    nextDraw = now + (console.errIsTerminal() ? SECOND / 10 : 10 * SECOND);
    if (now - next.nanos > WINDOW) {
      from = next;
      next = new Mark(now, done);
    }
    double rate = (done - from.done) / ((now - from.nanos) / 1e9);
    String text = text(done, rate, detail, console.terminalWidth() - 1);
    console.redraw(text);
  }

  /// Composes one line of at most `width` columns: the title, how much is done, how fast it goes,
  /// how long it will take, the detail. The bar gives way first, then the end of the line.
  ///
  /// The time that is left is not guessed before one per cent is done, or ten seconds have passed.
  ///
  /// @param done how much is done, of the total
  /// @param rate per second
  /// @param detail such as the current loss
  /// @param width in columns
  String text(double done, double rate, String detail, int width) {
    boolean known = 100 * done >= total || System.nanoTime() - begin >= WARM;
    String left = rate > 0 && known ? Numbers.clock((total - done) / rate) : "?";
    String percent = String.format(Locale.ROOT, "%3d %%", (long) (100 * done / Math.max(1, total)));
    String tail =
        "%s  %s/s  %s left  %s".formatted(percent, amount.apply(rate), left, detail).strip();
    int room = width - title.length() - tail.length() - 4;
    String bar = room < NARROWEST_BAR ? "" : bar(done, Math.min(room, WIDEST_BAR)) + "  ";
    String text = title + "  " + bar + tail;
    return text.length() <= width ? text : text.substring(0, width);
  }

  private String bar(double done, int width) {
    int full = (int) (width * done / Math.max(1, total));
    return "█".repeat(full) + "░".repeat(width - full);
  }

  /// Prints a line that stays, above the one that is redrawn.
  public synchronized void note(String text) {
    console.clear();
    console.note(text);
  }

  /// Takes the line away from a terminal.
  @Override
  public void close() {
    console.clear();
  }
}
