package dev.glissade.app.report;

import java.util.List;
import java.util.Optional;

/// A chart as data: what a page draws, with switches and values, and what is read aloud where
/// nothing can be drawn.
///
/// @param title stands above it
/// @param kind how the numbers are drawn
/// @param horizontal from left to right
/// @param vertical from bottom to top
/// @param series what is drawn, at least one, no two of one name and role
public record Plot(String title, Kind kind, Axis horizontal, Axis vertical, List<Series> series) {

  /// The most points of a line: more are not to be seen.
  static final int MOST_POINTS = 400;

  /// How the numbers are drawn.
  public enum Kind {
    /// Lines over a common axis.
    LINES,
    /// A column of dots for each series, without a horizontal axis.
    STRIPS
  }

  /// An axis.
  ///
  /// @param title what it shows
  /// @param scale to begin with; a vertical one can be switched from logarithmic to linear
  /// @param cut whether it ends somewhat above the highest start of a line, so that lines which
  ///   diverge leave the picture and do not flatten the others
  public record Axis(String title, Scale scale, boolean cut) {

    /// An axis with equal distances.
    static Axis linear(String title) {
      return new Axis(title, Scale.LINEAR, false);
    }

    /// An axis that is linear around 0 and logarithmic beyond.
    static Axis symmetric(String title) {
      return new Axis(title, Scale.SYMMETRIC, false);
    }

    /// The axis of losses over the steps of runs, some of which may diverge.
    static Axis losses(String title, boolean positive) {
      return new Axis(title, positive ? Scale.LOGARITHMIC : Scale.LINEAR, true);
    }

    /// An axis with equal ratios, if all values are positive.
    static Axis logarithmic(String title, boolean positive) {
      return new Axis(title, positive ? Scale.LOGARITHMIC : Scale.LINEAR, false);
    }
  }

  /// Where numbers lie on an axis.
  public enum Scale {
    /// Equal distances for equal differences.
    LINEAR,
    /// Equal distances for equal ratios.
    LOGARITHMIC,
    /// An inverse hyperbolic sine: linear around 0, logarithmic beyond, on both sides.
    SYMMETRIC
  }

  /// What a series shows, which decides how strongly.
  public enum Role {
    /// A learned optimizer: what the chart is about.
    LEARNED,
    /// A hand-designed one, to compare with.
    BASELINE,
    /// Values apart from the lines, such as the paper's: dots.
    DOTS,
    /// A choice among the points of a line: a ring around it.
    CHOICE
  }

  /// A line, or a column of dots.
  ///
  /// @param name of the series
  /// @param role what it shows
  /// @param color as `#rrggbb`
  /// @param x ascending; empty in strips
  /// @param y one for each x; what is not finite is not drawn
  /// @param band around the line, if it is known
  public record Series(
      String name, Role role, String color, List<Double> x, List<Double> y, Optional<Band> band) {

    public Series {
      x = List.copyOf(x);
      y = List.copyOf(y);
    }

    /// A series without a band.
    Series(String name, Role role, String color, List<Double> x, List<Double> y) {
      this(name, role, color, x, y, Optional.empty());
    }
  }

  /// An interval around a line, at some places.
  ///
  /// @param x ascending
  /// @param low one for each x
  /// @param high one for each x
  public record Band(List<Double> x, List<Double> low, List<Double> high) {

    public Band {
      x = List.copyOf(x);
      low = List.copyOf(low);
      high = List.copyOf(high);
    }
  }

  public Plot {
    series = List.copyOf(series);
  }

  /// The indices of so many of the elements of a long list as a line needs: the first 50, and
  /// others at equal distances up to the last.
  ///
  /// @param size of the list, ≥ 1
  /// @param most how many, > 50
  static int[] thinned(int size, int most) {
    int first = Math.min(size, 50);
    int rest = Math.min(size, most) - first;
    int[] indices = new int[first + rest];
    for (int i = 0; i < indices.length; i++) {
      indices[i] =
          i < first ? i : (int) (first - 1 + Math.round((i - first + 1.0) * (size - first) / rest));
    }
    return indices;
  }
}
