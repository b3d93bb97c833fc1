package dev.glissade.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import dev.glissade.app.Browser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The page of a result in a real browser.
@ExtendWith(Browser.Extension.class)
class BrowserTest {

  @TempDir private Path folder;

  private Path page = Path.of("");

  /// Writes the page of two optimizers.
  @BeforeEach
  void write() throws IOException {
    ComparisonReport report =
        ReportTest.report(
            ReportTest.line("lstm", 1, 0.1, 0.01),
            ReportTest.tuned("adam", ReportTest.TRIALS, 1, 0.5, 0.25));
    page = folder.resolve("page.html");
    Files.writeString(page, Page.html(PageData.of(report)));
  }

  private Browser.Tab open(Browser browser) {
    return browser.open(page.toUri(), Browser.DESK, ColorScheme.LIGHT);
  }

  @Test
  void theChartsHoldTheData(Browser browser) {
    try (Browser.Tab tab = open(browser)) {
      String seen =
          tab.jsonOf(
              """
              const charts = [...document.querySelectorAll(".chart")].map((c) => c.__chart);
              const canvas = document.querySelector("canvas");
              const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
              return [charts.length, [...charts[0].data[0]], [...charts[0].data[1]], pixels.some((p) => p > 0),
                canvas.getAttribute("role"), document.documentElement.scrollWidth <= innerWidth];
              """);
      // the best first, as in the table
      assertThat(seen).isEqualTo("[3,[0,1,2],[1,0.1,0.01],true,\"img\",true]");
      assertThat(tab.complaints()).isEmpty();
    }
  }

  /// The axes are logarithmic, and what was taken has a ring.
  @Test
  void theRatesThatWereTriedAreSmallCharts(Browser browser) {
    try (Browser.Tab tab = open(browser)) {
      String seen =
          tab.jsonOf(
              """
              const chart = document.querySelector("#section-0 .chart").__chart;
              return [chart.scales.x.distr, chart.scales.y.distr, [...chart.data[0]], [...chart.data[2]],
                chart.series[2].points.size > chart.series[1].points.size,
                document.querySelectorAll("#section-0 button").length];
              """);
      assertThat(seen).isEqualTo("[3,3,[0.05,0.1],[null,1],true,0]");
      assertThat(tab.complaints()).isEmpty();
    }
  }

  @Test
  void switchesWork(Browser browser) {
    try (Browser.Tab tab = open(browser)) {
      String state =
          "(([c]) => [c.scales.y.distr, c.series[1].show, c.series[4].show])"
              + "([document.querySelector('.chart').__chart])";
      assertThat(tab.json(state)).isEqualTo("[3,true,true]");
      tab.page().locator("button").first().click();
      assertThat(tab.json(state)).isEqualTo("[1,true,true]");
      tab.page().locator("input").first().click();
      assertThat(tab.json(state)).isEqualTo("[1,false,true]");
      tab.page().locator("input").first().click();
      assertThat(tab.json(state)).isEqualTo("[1,true,true]");
      assertThat(tab.complaints()).isEmpty();
    }
  }

  @Test
  void theNumbersBehindAChartAreATable(Browser browser) {
    try (Browser.Tab tab = open(browser)) {
      String seen =
          tab.jsonOf(
              """
              const table = document.querySelector(".plot details table");
              return [...table.rows].map((row) => [...row.cells].map((cell) => cell.textContent).join(" "));
              """);
      assertThat(seen).isEqualTo("[\"step lstm adam\",\"0 1 1\",\"1 0.1 0.5\",\"2 0.01 0.25\"]");
      assertThat(tab.complaints()).isEmpty();
    }
  }

  /// Presses Tab until it comes to the first again, and counts where it has been.
  @Test
  void theKeyboardReachesEverything(Browser browser) {
    try (Browser.Tab tab = open(browser)) {
      int all = tab.page().locator("button, input, summary, [tabindex='0']").count();
      int hidden = tab.page().locator("details:not([open]) [tabindex='0']").count();
      for (int i = 0; i < all - hidden; i++) {
        tab.page().keyboard().press("Tab");
        tab.page().evaluate("document.activeElement.dataset.reached = true");
      }
      assertThat(tab.page().locator("[data-reached]").count())
          .isEqualTo(all - hidden)
          .isGreaterThan(8);
      assertThat(tab.complaints()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"1280, LIGHT", "1280, DARK", "390, LIGHT", "390, DARK"})
  void everybodyCanUseIt(int width, ColorScheme scheme, Browser browser) {
    try (Browser.Tab tab = browser.open(page.toUri(), width, scheme)) {
      tab.screenshot("report-%s-%s".formatted(width, scheme));
      assertThat(tab.barriers()).isEmpty();
      assertThat(tab.json("document.documentElement.scrollWidth <= innerWidth")).isEqualTo("true");
      assertThat(tab.complaints()).isEmpty();
    }
  }
}
