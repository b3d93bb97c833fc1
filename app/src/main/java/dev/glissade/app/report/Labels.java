package dev.glissade.app.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.FontRenderContext;
import java.awt.geom.Line2D;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.knowm.xchart.XYChart;

/// What XChart leaves out of a chart of lines: names at their ends, in place of a legend, and
/// labels of a logarithmic axis over its whole range.
///
/// @param chart that has been painted when the labels are
/// @param ends of its lines
record Labels(XYChart chart, List<End> ends) {

  private static final int LINE = 17; // the height of a name, in pixels
  private static final int TICK = 26; // the least distance between two labels of the axis
  private static final int LEAD = 22; // from the end of a line to its name
  private static final int RIGHT = 10; // next to the longest name
  private static final Color INK = new Color(0x333333);
  private static final Font PLAIN = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
  private static final Font BOLD = PLAIN.deriveFont(Font.BOLD);

  /// The end of a line.
  ///
  /// @param text its name
  /// @param color of the line
  /// @param strong whether the chart is about it
  /// @param x where its last point is
  /// @param y likewise, within the picture
  record End(String text, Color color, boolean strong, double x, double y) {}

  /// A name at its place.
  private record Placed(End end, double from, double at) {}

  Labels {
    ends = List.copyOf(ends);
  }

  /// The labels of a chart whose own are taken away.
  static Labels of(XYChart chart, List<End> ends) {
    chart.getStyler().setLegendVisible(false);
    if (chart.getStyler().isYAxisLogarithmic()) {
      chart.getStyler().setYAxisTickLabelsColor(new Color(0, true)); // they keep their room
    }
    return new Labels(chart, ends);
  }

  /// The labels of the vertical axis alone, for a chart that keeps its legend.
  static Labels ofAxis(XYChart chart) {
    Labels labels = of(chart, List.of());
    chart.getStyler().setLegendVisible(true);
    return labels;
  }

  /// The room that the names need to the right of the chart, in pixels.
  int room() {
    if (ends.isEmpty()) {
      return 0;
    }
    FontRenderContext context = new FontRenderContext(null, true, true);
    double widest =
        ends.stream()
            .mapToDouble(end -> BOLD.getStringBounds(end.text, context).getWidth())
            .max()
            .orElse(0);
    return (int) Math.ceil(LEAD + widest) + RIGHT;
  }

  /// Paints the labels of a chart that is painted already.
  void paint(Graphics2D g) {
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    if (chart.getStyler().isYAxisLogarithmic()) {
      paintTicks(g);
    }
    double right = chart.getScreenXFromChart(chart.getStyler().getXAxisMax());
    for (Placed name : placed()) {
      paint(g, name, right);
    }
  }

  private double low() {
    return chart.getStyler().getYAxisMin();
  }

  private double high() {
    return chart.getStyler().getYAxisMax();
  }

  private void paintTicks(Graphics2D g) {
    g.setFont(chart.getStyler().getAxisTickLabelsFont());
    g.setColor(INK);
    double height = chart.getScreenYFromChart(low()) - chart.getScreenYFromChart(high());
    double left = chart.getScreenXFromChart(chart.getStyler().getXAxisMin());
    int ascent = g.getFontMetrics().getAscent();
    for (BigDecimal tick : LogTicks.of(low(), high(), (int) (height / TICK))) {
      String label = LogTicks.label(tick);
      double middle = chart.getScreenYFromChart(tick.doubleValue());
      g.drawString(
          label,
          (float) (left - 8 - g.getFontMetrics().stringWidth(label)),
          (float) (middle + ascent / 2.0 - 2));
    }
  }

  /// The names from top to bottom, moved apart where they would overlap.
  private List<Placed> placed() {
    List<End> sorted = ends.stream().sorted(Comparator.comparingDouble(End::y).reversed()).toList();
    double[] at = new double[sorted.size()];
    double below = chart.getScreenYFromChart(high()) - LINE / 2.0;
    for (int i = 0; i < at.length; i++) {
      below = Math.max(below + LINE, chart.getScreenYFromChart(sorted.get(i).y));
      at[i] = below;
    }
    double above = chart.getScreenYFromChart(low()) + LINE / 2.0;
    for (int i = at.length - 1; i >= 0; i--) {
      above = Math.min(above - LINE, at[i]);
      at[i] = above;
    }
    spread(sorted, at);
    List<Placed> placed = new ArrayList<>();
    for (int i = 0; i < at.length; i++) {
      placed.add(new Placed(sorted.get(i), chart.getScreenYFromChart(sorted.get(i).y), at[i]));
    }
    return placed;
  }

  /// Moves groups of names that touch each other up, so that each group lies around its lines.
  private void spread(List<End> sorted, double[] at) {
    double top = chart.getScreenYFromChart(high()) + LINE / 2.0;
    int begin = 0;
    while (begin < at.length) {
      int end = begin + 1;
      while (end < at.length && at[end] - at[end - 1] < LINE + 0.5) {
        end++;
      }
      double off = 0;
      for (int i = begin; i < end; i++) {
        off += (at[i] - chart.getScreenYFromChart(sorted.get(i).y)) / (end - begin);
      }
      double limit = begin == 0 ? top : at[begin - 1] + LINE;
      double up = Math.clamp(off, 0, Math.max(0, at[begin] - limit));
      for (int i = begin; i < end; i++) {
        at[i] -= up;
      }
      begin = end;
    }
  }

  /// Paints a name; from a line that ends before the others, as one that diverges, no lead goes to
  /// it.
  private void paint(Graphics2D g, Placed name, double right) {
    double end = chart.getScreenXFromChart(name.end.x);
    g.setColor(name.end.color);
    g.setStroke(new BasicStroke(name.end.strong ? 2.4f : 1.4f));
    double from = right - end < 20 ? name.from : name.at;
    double begin = right - end < 20 ? end : right + LEAD / 2.0;
    g.draw(new Line2D.Double(begin + 2, from, right + LEAD - 5, name.at));
    g.setColor(INK);
    g.setFont(name.end.strong ? BOLD : PLAIN);
    g.drawString(name.end.text, (float) (right + LEAD), (float) (name.at + 4.5));
  }
}
