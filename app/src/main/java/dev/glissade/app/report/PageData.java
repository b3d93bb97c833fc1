package dev.glissade.app.report;

import java.util.ArrayList;
import java.util.List;

/// All that a page shows, as data: a part of the JSON file, from which the page can be made again.
///
/// @param title heading
/// @param caption what the figures mean; may be empty
/// @param verdict conclusions, sentence by sentence
/// @param plots charts
/// @param pictures SVG documents of what has no chart
/// @param table the figures
/// @param sections what else there is to see, below the table
/// @param howMade in sentences
/// @param command gives the result again; may be empty
public record PageData(
    String title,
    String caption,
    List<String> verdict,
    List<Plot> plots,
    List<String> pictures,
    TableData table,
    List<Section> sections,
    String howMade,
    String command) {

  public PageData {
    verdict = List.copyOf(verdict);
    plots = List.copyOf(plots);
    pictures = List.copyOf(pictures);
    sections = List.copyOf(sections);
  }

  /// What the page of a result shows. Pictures are left out where they cannot be drawn.
  public static PageData of(Result result) {
    List<Plot> plots = new ArrayList<>();
    List<String> pictures = new ArrayList<>();
    for (Figure figure : result.figures()) {
      plots.addAll(figure.plots());
      if (figure.plots().isEmpty() && Chart.canBeDrawn()) {
        pictures.add(figure.chart().get().svg());
      }
    }
    return new PageData(
        result.title(),
        result.caption(),
        result.verdict(),
        plots,
        pictures,
        TableData.of(result.table()),
        result.sections(),
        result.howMade(),
        result.command());
  }
}
