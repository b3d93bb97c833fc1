package dev.glissade.app.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import dev.glissade.app.Browser;
import dev.glissade.app.dashboard.Dashboard.Access;
import dev.glissade.training.MetaTraining;
import dev.glissade.training.RunFolder;
import dev.glissade.training.RunKeeper;
import dev.glissade.training.TrainingListener;
import dev.glissade.training.TrainingMetrics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The dashboard in a real browser.
@ExtendWith(Browser.Extension.class)
@Timeout(120)
class DashboardBrowserTest {

  private static final LocatorAssertions.HasTextOptions SOON =
      new LocatorAssertions.HasTextOptions().setTimeout(30_000);

  private static final Page.GetByLabelOptions EXACT = new Page.GetByLabelOptions().setExact(true);

  @TempDir private Path folder;

  private Dashboard dashboard;

  @BeforeEach
  void start() throws IOException {
    dashboard = Dashboard.start(folder.resolve("runs"), new Access.ThisMachine(), Optional.of(0));
  }

  @AfterEach
  void stop() {
    dashboard.close();
  }

  private Browser.Tab open(Browser browser) {
    return browser.open(dashboard.address(), Browser.DESK, ColorScheme.LIGHT);
  }

  /// A page that was opened before there was any run sees one begin, go on and end.
  @Test
  void aTrainingIsSeenFromItsBeginningToItsEnd(Browser browser) throws Exception {
    try (Browser.Tab tab = open(browser)) {
      Page page = tab.page();
      assertThat(page.locator("#none")).isVisible();
      assertThat(page.locator("#start")).hasText(Pattern.compile(".*train quadratic -o .*"));
      tab.screenshot("dashboard-none");

      Path path = folder.resolve("runs/short");
      MetaTraining training = Runs.training(40).withSeed(7);
      RunFolder run = RunFolder.create(path, training);
      try (RunKeeper keeper = run.resume(training)) {
        training.run(
            keeper,
            new TrainingListener() {
              @Override
              public void episode(TrainingMetrics metrics) {
                if (metrics.episode() == 15) { // the second validation is yet to come
                  assertThat(page.locator("#runs .badge")).hasText("● running", SOON);
                  assertThat(page.locator("#runs td.progress")).hasText("10 of 40 episodes", SOON);
                  assertThat(page.locator("#none")).isHidden();
                }
              }
            });
      }
      assertThat(page.locator("#runs .badge")).hasText("✓ done", SOON);
      assertThat(page.locator("#runs tbody label")).hasText("short");
      tab.until(
          "document.querySelector('#chart-validationLoss').parentNode.querySelector('.chart').__chart.data[0].length"
              + " === 4");
      String curve =
          tab.jsonOf(
              "const d = document.querySelector('.chart').__chart.data; return d[0].map((x, i) =>"
                  + " [x, Math.fround(d[1][i])]);");
      String written =
          run.metrics().stream()
              .filter(it -> it.isValidation())
              .map(it -> "[%s,%s]".formatted(it.episode(), (double) (float) it.validationLoss()))
              .collect(Collectors.joining(",", "[", "]"));
      assertThat(curve).isEqualTo(written);
      assertThat(tab.complaints()).isEmpty();
    }
  }

  private void several() throws IOException {
    Path runs = folder.resolve("runs");
    Runs.metrics(Runs.create(runs.resolve("alpha")), 400);
    Runs.lock(runs.resolve("alpha"), ProcessHandle.current().pid(), Host.NAME);
    Runs.metrics(Runs.create(runs.resolve("beta")), 1000);
    Files.writeString(
        runs.resolve("beta/report.html"),
        "<title>Of beta</title><script>document.title += '!'</script>");
    Path odd = Runs.create(runs.resolve("<img src=x onerror=alert(1)>"));
    Runs.metrics(odd, 300);
    Runs.lock(odd, 999_999_999, Host.NAME);
    Files.write(
        runs.resolve("beta/picture.svg"),
        "<svg xmlns='http://www.w3.org/2000/svg' width='90' height='60'><rect width='90' height='60' fill='teal'/></svg>"
            .getBytes(StandardCharsets.UTF_8));
  }

  private static String names(Browser.Tab tab) {
    return tab.json("document.querySelector('.chart').__chart.series.slice(1).map((s) => s.label)");
  }

  @Test
  void runsAreComparedByTheirCurves(Browser browser) throws IOException {
    several();
    try (Browser.Tab tab = open(browser)) {
      Page page = tab.page();
      page.getByLabel("beta", EXACT).check();
      page.getByLabel("alpha", EXACT).check();
      page.getByLabel("<img src=x onerror=alert(1)>", EXACT).check();
      tab.until("document.querySelector('.chart').__chart?.series.length === 4");
      assertThat(names(tab)).contains("\"beta\"", "\"alpha\"", "\"<img src=x onerror=alert(1)>\"");
      page.getByLabel("alpha", EXACT).uncheck();
      assertThat(names(tab)).doesNotContain("alpha");
      page.locator("#clear").click();
      assertThat(page.locator(".plot:visible")).hasCount(0);
      assertThat(tab.complaints()).isEmpty();
    }
  }

  @Test
  void axesCanBeSwitchedAndRunsBeFound(Browser browser) throws IOException {
    several();
    try (Browser.Tab tab = open(browser)) {
      Page page = tab.page();
      tab.until("document.querySelectorAll('.chart')[1].__chart");
      String scale = "document.querySelector('.chart').__chart.scales.y.distr";
      assertThat(tab.json(scale)).isEqualTo("3");
      page.locator(".plot button").first().click();
      assertThat(tab.json(scale)).isEqualTo("1");
      page.locator("#find").fill("crash");
      assertThat(page.locator("#runs tbody tr:visible")).hasCount(1);
      page.locator("#find").fill("quadratic BETA");
      assertThat(page.locator("#runs tbody tr:visible label")).hasText("beta");
      assertThat(tab.complaints()).isEmpty();
    }
  }

  @Test
  void theKeyboardReachesEverything(Browser browser) throws IOException {
    several();
    try (Browser.Tab tab = open(browser)) {
      Page page = tab.page();
      tab.until("document.querySelectorAll('.plot:not([hidden])').length === 4");
      String reachable =
          "button:visible, input:visible, summary:visible, a:visible, [tabindex='0']:visible";
      int all = page.locator(reachable).count();
      for (int i = 0; i < all; i++) {
        page.keyboard().press("Tab");
        page.evaluate("document.activeElement.dataset.reached = true");
      }
      assertThat(page.locator("[data-reached]").count()).isEqualTo(all).isGreaterThan(12);
      page.getByLabel("beta", EXACT).focus();
      page.keyboard().press("Space");
      tab.until("document.querySelector('.chart').__chart.series.length === 3");
    }
  }

  /// A report comes from a folder: its script runs, and can ask the dashboard nothing.
  @Test
  void aReportOpensInAWorldOfItsOwn(Browser browser) throws IOException {
    several();
    try (Browser.Tab tab = open(browser)) {
      Page report = tab.profile().waitForPage(() -> tab.page().getByText("report").click());
      assertThat(report).hasTitle("Of beta!");
      assertThat(report.evaluate("self.origin")).isEqualTo("null");
      assertThat(report.evaluate("fetch('/runs').then(() => 'told', () => 'refused')"))
          .isEqualTo("refused");
    }
  }

  @Test
  void aConnectionThatIsLostIsTold(Browser browser) throws IOException {
    several();
    try (Browser.Tab tab = open(browser)) {
      assertThat(tab.page().locator("#connection")).hasText("Live.");
      dashboard.close();
      assertThat(tab.page().locator("#connection"))
          .hasText("The connection to the dashboard is lost: is it still running?", SOON);
    }
  }

  @ParameterizedTest
  @CsvSource({"1280, LIGHT", "1280, DARK", "390, LIGHT", "390, DARK"})
  void everybodyCanUseIt(int width, ColorScheme scheme, Browser browser) throws IOException {
    several();
    try (Browser.Tab tab = browser.open(dashboard.address(), width, scheme)) {
      tab.page().getByLabel("beta", EXACT).check();
      tab.until("document.querySelector('.chart').__chart?.series.length === 3");
      tab.screenshot("dashboard-%s-%s".formatted(width, scheme));
      assertThat(tab.barriers()).isEmpty();
      assertThat(tab.json("document.documentElement.scrollWidth <= innerWidth")).isEqualTo("true");
      assertThat(tab.complaints()).isEmpty();
    }
  }
}
