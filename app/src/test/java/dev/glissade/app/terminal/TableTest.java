package dev.glissade.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glissade.app.terminal.Table.Column;
import dev.glissade.app.terminal.Table.Kind;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A table on a terminal.
class TableTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void narrowTablesDropTheLeastImportantColumns() {
    Table table =
        new Table(Column.text("name"), Column.number("important", 1), Column.number("less so", 2));
    table.add("a", "1", "2");
    table.print(terminal(18));
    assertThat(out.toString())
        .contains("important")
        .contains("(a wider terminal also shows: less so)");
    assertThat(out.toString().lines().filter(line -> line.startsWith("name")))
        .allMatch(line -> line.length() <= 18);
  }

  @Test
  void theBestRowIsMarkedAndTheOthersAreAlignedWithIt() {
    Table table = new Table(Column.text("name"), Column.number("loss", 0));
    table.add(new Table.Row(true, List.of("a", "1")));
    table.add("b", "10");
    table.print(terminal(80));
    assertThat(out.toString().lines()).containsExactly("name  loss", "* a      1", "  b     10");
  }

  @Test
  void detailsAreForPagesOnly() {
    Table table = new Table(Column.text("name"), new Column("all of it", Kind.DETAIL, 0));
    table.add("a", "very much");
    table.print(Console.plain(new PrintWriter(out), new PrintWriter(err)));
    assertThat(out.toString().lines()).containsExactly("name", "a");
  }

  @Test
  void aRowHasACellForEachColumn() {
    Table table = new Table(Column.text("name"), Column.number("loss", 0));
    assertThatThrownBy(() -> table.add("a")).hasMessageContaining("must have 2 cells");
  }

  private Console terminal(int width) {
    return new Console(new PrintWriter(out), new PrintWriter(err), true, true, width, false);
  }
}
