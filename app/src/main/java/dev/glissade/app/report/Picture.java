package dev.glissade.app.report;

import java.awt.Font;
import java.awt.GraphicsEnvironment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;

/// A chart that can be written as a file.
public final class Picture {

  private final XYChart chart;

  Picture(XYChart chart) {
    this.chart = chart;
  }

  /// Whether there are fonts here, without which there are no pictures.
  public static boolean canBeDrawn() {
    try {
      return new Font(Font.SANS_SERIF, Font.PLAIN, 12).canDisplay('a')
          && GraphicsEnvironment.getLocalGraphicsEnvironment().getAllFonts().length > 0;
    } catch (RuntimeException | Error e) { // how the JDK says that fontconfig is missing
      return false;
    }
  }

  /// As pixels.
  public byte[] png() {
    try {
      return BitmapEncoder.getBitmapBytes(chart, BitmapFormat.PNG);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
  }

  /// As an SVG document.
  public String svg() {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      VectorGraphicsEncoder.saveVectorGraphic(chart, out, VectorGraphicsFormat.SVG);
      return out.toString(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
  }
}
