package dev.glissade.app.report;

import dev.glissade.app.terminal.Table;
import java.util.List;

/// A result that shows itself: all that is written of it and printed comes from here. As an object
/// it is what its JSON file holds.
public interface Result {

  /// The name of its JSON file without the ending.
  String name();

  /// The heading of its page.
  String title();

  /// What its figures are, where the title does not say it; otherwise empty.
  default String caption() {
    return "";
  }

  /// What it comes to, sentence by sentence.
  List<String> verdict();

  /// Its figures as a table.
  Table table();

  /// Its figures as pictures, at least one.
  List<Figure> figures();

  /// How it was made, in sentences.
  String howMade();
}
