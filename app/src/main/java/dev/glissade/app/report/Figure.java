package dev.glissade.app.report;

import java.util.List;
import java.util.function.Supplier;

/// A figure of a result: its data, and what is drawn from them. [ReportFiles] writes both.
///
/// @param name of its files without their endings
/// @param csv its data as comma-separated values
/// @param chart draws it; asked only where pictures can be drawn
/// @param plots what a page draws in its place; the picture itself if there are none
public record Figure(String name, String csv, Supplier<Chart> chart, List<Plot> plots) {

  public Figure {
    plots = List.copyOf(plots);
  }

  /// A figure that a page shows as it is.
  public Figure(String name, String csv, Supplier<Chart> chart) {
    this(name, csv, chart, List.of());
  }
}
