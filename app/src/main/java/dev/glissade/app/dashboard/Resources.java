package dev.glissade.app.dashboard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// What the dashboard's page is made of, as it is packed with the classes.
final class Resources {

  private static final String OWN = "/dev/glissade/app/";
  private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";

  static final String PAGE = text(OWN + "dashboard.html");

  /// Reports and the dashboard look alike.
  static final String STYLE =
      text(UPLOT + "uPlot.min.css") + text(OWN + "page.css") + text(OWN + "dashboard.css");

  static final String SCRIPT = text(UPLOT + "uPlot.iife.min.js") + text(OWN + "dashboard.js");

  private Resources() {}

  private static String text(String name) {
    try (InputStream in = Resources.class.getResourceAsStream(name)) {
      byte[] bytes = Objects.requireNonNull(in, name).readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
