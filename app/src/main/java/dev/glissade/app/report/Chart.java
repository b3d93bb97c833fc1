package dev.glissade.app.report;

import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.svg.SVGProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.GraphicsEnvironment;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;

/// A picture of one chart or of several of one size in rows, which can be written as a file. XChart
/// draws it; nothing outside this package sees that.
public final class Chart {

  /// A number in a tag with digits beyond hundredths of a pixel: nobody sees them, and the files
  /// get half as large without. What stands between tags is text, to be read.
  private static final Pattern HUNDREDTHS = Pattern.compile("(\\.\\d\\d)\\d+(?=[^<>]*>)");

  private final List<? extends org.knowm.xchart.internal.chartpart.Chart<?, ?>> panels;
  private final int columns;
  private final Optional<Labels> labels;
  private final int panelWidth; // painting a chart in another size changes what it says of itself
  private final int panelHeight;

  /// A picture of a single chart.
  Chart(org.knowm.xchart.internal.chartpart.Chart<?, ?> chart) {
    this(List.of(chart), 1);
  }

  /// A picture of several charts.
  ///
  /// @param panels all equally large, at least one
  /// @param columns how many stand side by side, ≥ 1
  Chart(List<? extends org.knowm.xchart.internal.chartpart.Chart<?, ?>> panels, int columns) {
    this(panels, columns, Optional.empty());
  }

  /// A picture of a chart with labels of our own.
  Chart(Labels labels) {
    this(List.of(labels.chart()), 1, Optional.of(labels));
  }

  private Chart(
      List<? extends org.knowm.xchart.internal.chartpart.Chart<?, ?>> panels,
      int columns,
      Optional<Labels> labels) {
    this.panels = List.copyOf(panels);
    this.columns = columns;
    this.labels = labels;
    this.panelWidth = panels.getFirst().getWidth();
    this.panelHeight = panels.getFirst().getHeight();
  }

  /// Whether there are fonts here, without which there are no pictures. Callers then leave the
  /// pictures out and point to `doctor`.
  public static boolean canBeDrawn() {
    try {
      return new Font(Font.SANS_SERIF, Font.PLAIN, 12).canDisplay('a')
          && GraphicsEnvironment.getLocalGraphicsEnvironment().getAllFonts().length > 0;
    } catch (RuntimeException | Error e) { // how the JDK says that fontconfig is missing
      return false;
    }
  }

  /// The picture as PNG, on white.
  public byte[] png() {
    BufferedImage image = new BufferedImage(width(), height(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width(), height());
    paint(graphics);
    graphics.dispose();
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ImageIO.write(image, "png", out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
  }

  /// The picture as an SVG document, with coordinates to hundredths of a pixel.
  public String svg() {
    VectorGraphics2D graphics = new VectorGraphics2D();
    paint(graphics);
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      new SVGProcessor()
          .getDocument(graphics.getCommands(), new PageSize(0, 0, width(), height()))
          .writeTo(out);
      return HUNDREDTHS.matcher(out.toString(StandardCharsets.UTF_8)).replaceAll("$1");
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
  }

  /// Draws the panels row by row, each at its own origin.
  private void paint(Graphics2D graphics) {
    int room = labels.map(Labels::room).orElse(0);
    for (int i = 0; i < panels.size(); i++) {
      int left = i % columns * panelWidth;
      int top = i / columns * panelHeight;
      graphics.translate(left, top);
      panels.get(i).paint(graphics, panelWidth - room, panelHeight);
      graphics.translate(-left, -top);
    }
    labels.ifPresent(it -> it.paint(graphics));
  }

  private int width() {
    return columns * panelWidth;
  }

  /// The height of all rows; the last one need not be full.
  private int height() {
    return (panels.size() + columns - 1) / columns * panelHeight;
  }
}
