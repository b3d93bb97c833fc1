package dev.glissade.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// What the tests of pages would miss if the browser did not tell.
@ExtendWith(Browser.Extension.class)
class BrowserFindsFaultsTest {

  @TempDir private Path folder;

  private Browser.Tab open(Browser browser, String content) throws IOException {
    String html =
        """
        <!doctype html><html lang="en"><head><title>Faults</title>
        <meta http-equiv="Content-Security-Policy" content="img-src data: http://picture.invalid"></head>
        <body><main><h1>Faults</h1>%s</main></body></html>
        """
            .formatted(content);
    Path page = Files.writeString(folder.resolve("page.html"), html);
    return browser.open(page.toUri(), Browser.PHONE, ColorScheme.LIGHT);
  }

  @Test
  void aSoundPageHasNone(Browser browser) throws IOException {
    try (Browser.Tab tab = open(browser, "<p>Text</p>")) {
      assertThat(tab.barriers()).isEmpty();
      assertThat(tab.complaints()).isEmpty();
    }
  }

  @Test
  void aPictureWithoutWordsIsABarrier(Browser browser) throws IOException {
    try (Browser.Tab tab = open(browser, "<img src=\"data:,\">")) {
      assertThat(tab.barriers()).hasSize(1).first().asString().startsWith("image-alt at img");
    }
  }

  @Test
  void aScriptThatFailsComplains(Browser browser) throws IOException {
    try (Browser.Tab tab = open(browser, "<script>throw new Error('broken')</script>")) {
      assertThat(tab.complaints()).hasSize(1).first().asString().contains("broken");
    }
  }

  @Test
  void aRequestThatLeavesTheMachineComplains(Browser browser) throws IOException {
    try (Browser.Tab tab = open(browser, "<img alt=\"x\" src=\"http://picture.invalid/x.png\">")) {
      assertThat(tab.complaints())
          .contains("a request leaves the machine: http://picture.invalid/x.png");
    }
  }

  @Test
  void whatThePolicyForbidsComplains(Browser browser) throws IOException {
    try (Browser.Tab tab = open(browser, "<img alt=\"x\" src=\"http://other.invalid/x.png\">")) {
      assertThat(tab.complaints()).anyMatch(it -> it.contains("Content Security Policy"));
    }
  }
}
