package dev.glissade.app.report;

import dev.glissade.app.terminal.Table;
import java.util.List;

/// A result that shows itself: all that is written of it and printed comes from here. [ResultText]
/// prints it, [ReportFiles] writes it; neither knows one kind from another. As an object it is what
/// its JSON file holds.
public interface Result {

  /// The name of its JSON file without the ending.
  String name();

  /// The heading of its page, and of what is printed.
  String title();

  /// The meaning of its figures, where the title does not say it; otherwise empty.
  default String caption() {
    return "";
  }

  /// The conclusions, sentence by sentence; empty if there is nothing to conclude.
  List<String> verdict();

  /// The figures as a table.
  Table table();

  /// The figures as pictures, at least one.
  List<Figure> figures();

  /// What else a page shows below the table.
  default List<Section> sections() {
    return List.of();
  }

  /// The command that gives it again; empty where none does.
  default String command() {
    return "";
  }

  /// The way in which it was made, in sentences.
  String howMade();
}
