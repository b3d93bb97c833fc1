package dev.glissade.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.ColorScheme;
import dev.glissade.app.Browser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The pages of all kinds of results in a real browser.
@ExtendWith(Browser.Extension.class)
class PagesTest {

  @TempDir private Path folder;

  private Browser.Tab open(Browser browser, SamplePages kind, int width, ColorScheme scheme)
      throws IOException {
    Path page = folder.resolve(kind + ".html");
    Files.writeString(page, kind.html());
    return browser.open(page.toUri(), width, scheme);
  }

  private Browser.Tab open(Browser browser, SamplePages kind) throws IOException {
    return open(browser, kind, Browser.DESK, ColorScheme.LIGHT);
  }

  @ParameterizedTest
  @EnumSource
  void everybodyCanUseIt(SamplePages kind, Browser browser) throws IOException {
    for (int width : new int[] {Browser.DESK, Browser.PHONE}) {
      for (ColorScheme scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
        try (Browser.Tab tab = open(browser, kind, width, scheme)) {
          tab.screenshot("%s-%s-%s".formatted(kind, width, scheme));
          assertThat(tab.barriers()).isEmpty();
          assertThat(tab.json("document.documentElement.scrollWidth <= innerWidth"))
              .isEqualTo("true");
          assertThat(tab.complaints()).isEmpty();
        }
      }
    }
  }

  /// Every chart has drawn something, and its numbers in a table.
  @ParameterizedTest
  @EnumSource
  void noChartIsEmpty(SamplePages kind, Browser browser) throws IOException {
    try (Browser.Tab tab = open(browser, kind)) {
      String seen =
          tab.jsonOf(
              """
              const drawn = (canvas) => canvas.getContext("2d")
                .getImageData(0, 0, canvas.width, canvas.height).data.some((p) => p > 0);
              return [...document.querySelectorAll(".plot")]
                .map((plot) => drawn(plot.querySelector("canvas")) && plot.querySelectorAll("details td").length > 0);
              """);
      assertThat(seen).contains("true").doesNotContain("false");
    }
  }

  /// And without scripts, what the page came to, its table and its settings.
  @ParameterizedTest
  @EnumSource
  void pagesAreSmallAndRefuseWhatIsNotTheirs(SamplePages kind) {
    assertThat(kind.html().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(1_500_000);
    assertThat(kind.html())
        .contains("<p class=\"verdict\">", "<table", "default-src 'none'")
        .doesNotContain("src=\"http", "href=\"http", "@import");
  }

  @Test
  void arrowKeysFollowThePictures(Browser browser) throws IOException {
    try (Browser.Tab tab = open(browser, SamplePages.ART)) {
      Locator slider = tab.page().locator("input[type=range]");
      Locator picture = tab.page().locator(".gallery img").first();
      assertThat(slider.getAttribute("aria-valuetext")).isEqualTo("step 2");
      assertThat(picture.isVisible()).as("it diverged").isFalse();
      slider.press("ArrowLeft");
      assertThat(slider.getAttribute("aria-valuetext")).isEqualTo("step 1");
      assertThat(picture.isVisible()).isTrue();
      assertThat(picture.getAttribute("alt")).isEqualTo("lstm, step 1");
      slider.press("Home");
      assertThat(picture.getAttribute("alt")).isEqualTo("lstm, start");
      assertThat(tab.complaints()).isEmpty();
    }
  }

  @Test
  void valuesUnderThePointerStandNextToTheNames(Browser browser) throws IOException {
    try (Browser.Tab tab = open(browser, SamplePages.ART)) {
      Locator chart = tab.page().locator(".chart .u-over").first();
      Locator output = tab.page().locator("label.series output").first();
      assertThat(output.textContent()).isEqualTo("1");
      double middle = chart.boundingBox().width / 2;
      chart.hover(new Locator.HoverOptions().setPosition(middle, 50)); // at step 1 of 2
      tab.page().waitForTimeout(100);
      assertThat(output.textContent()).isEqualTo("3");
    }
  }

  @Test
  void theCommandIsCopiedOrSelected(Browser browser) throws IOException {
    try (Browser.Tab tab = open(browser, SamplePages.TRAINING)) {
      Locator copy = tab.page().locator("#copy");
      copy.click();
      tab.page().waitForTimeout(100);
      assertThat(copy.textContent()).isIn("Copied", "Selected");
    }
  }
}
