package dev.glissade.app;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// A real browser, Chromium, for tests of pages. Where the machine has none, classes that need it
/// are skipped, and say so.
///
/// ```java
/// @ExtendWith(Browser.Extension.class)
/// class PageTest {
///   @Test
///   void isNamed(Browser browser) {
///     try (Browser.Tab tab = browser.open(page.toUri(), Browser.DESK, ColorScheme.LIGHT)) {
///       assertThat(tab.json("document.title")).isEqualTo("\"Glissade\"");
///       assertThat(tab.barriers()).isEmpty();
///       assertThat(tab.complaints()).isEmpty();
///     }
///   }
/// }
/// ```
///
/// A start takes seconds, so that all classes share one browser; each tab has a profile of its own.
/// With `-Dglissade.screenshots=DIR` tabs leave pictures there.
public final class Browser implements AutoCloseable {

  /// The width in pixels of a window on a desk.
  public static final int DESK = 1280;

  /// The width in pixels of a phone.
  public static final int PHONE = 390;

  private static final Set<String> OWN_HOSTS = Set.of("127.0.0.1", "localhost", "[::1]");

  private final Playwright playwright;
  private final com.microsoft.playwright.Browser chromium;

  private Browser(Playwright playwright, com.microsoft.playwright.Browser chromium) {
    this.playwright = playwright;
    this.chromium = chromium;
  }

  /// Gives tests the browser, as a parameter of theirs, and closes it after the last of them.
  public static final class Extension implements BeforeAllCallback, ParameterResolver {

    @Override
    public void beforeAll(ExtensionContext context) {
      of(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == Browser.class;
    }

    @Override
    public Browser resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return of(context);
    }

    private static Browser of(ExtensionContext context) {
      return context
          .getRoot()
          .getStore(ExtensionContext.Namespace.create(Browser.class))
          .computeIfAbsent(Browser.class, _ -> start(), Browser.class);
    }
  }

  /// Starts Chromium; aborts the test where there is none.
  private static Browser start() {
    Optional<Path> found = find();
    assumeTrue(found.isPresent(), "no Chromium here");
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    return new Browser(
        playwright,
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(found.orElseThrow())
                    .setArgs(List.of("--no-sandbox", "--disable-gpu"))));
  }

  private static Optional<Path> find() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .flatMap(path ->
            Stream.of("chromium", "chromium-browser", "google-chrome").map(Path.of(path)::resolve))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /// Opens a page, in a profile of its own.
  ///
  /// @param width of the window in pixels
  /// @param scheme which colours its user prefers
  public Tab open(URI address, int width, ColorScheme scheme) {
    BrowserContext profile =
        chromium.newContext(
            new com.microsoft.playwright.Browser.NewContextOptions()
                .setViewportSize(width, 900)
                .setColorScheme(scheme));
    Tab tab = new Tab(profile, profile.newPage(), new CopyOnWriteArrayList<>());
    tab.listen();
    tab.page.navigate(address.toString());
    return tab;
  }

  @Override
  public void close() {
    chromium.close();
    playwright.close();
  }

  /// A page in the browser.
  ///
  /// @param profile what it was opened in: cookies, for example
  /// @param page to click and to type in
  /// @param complaints of the page so far
  public record Tab(BrowserContext profile, Page page, List<String> complaints)
      implements AutoCloseable {

    private void listen() {
      page.onPageError(complaints::add);
      page.onConsoleMessage(message -> {
        if (message.type().equals("error")) {
          complaints.add(message.text());
        }
      });
      page.onRequest(request -> {
        URI address = URI.create(request.url().replaceFirst("^(data|blob):.*", "$1:x"));
        if (address.getHost() != null && !OWN_HOSTS.contains(address.getHost())) {
          complaints.add("a request leaves the machine: " + address);
        }
      });
    }

    /// The value of an expression of JavaScript, as JSON.
    public String json(String expression) {
      return String.valueOf(page.evaluate("JSON.stringify(" + expression + ")"));
    }

    /// What a function's body of JavaScript returns, as JSON.
    public String jsonOf(String body) {
      return json("(() => {" + body + "})()");
    }

    /// Waits until a condition of JavaScript holds, half a minute at most.
    public void until(String condition) {
      long end = System.nanoTime() + 30_000_000_000L;
      while (!Boolean.TRUE.equals(page.evaluate("!!(" + condition + ")"))) {
        if (System.nanoTime() > end) {
          throw new AssertionError("never came true: " + condition);
        }
        page.waitForTimeout(50);
      }
    }

    /// What went wrong so far: errors of scripts, messages of the console (where violations of the
    /// content security policy are told, too), and requests that leave the machine.
    @Override
    public List<String> complaints() {
      page.evaluate("1"); // what was told before has arrived now
      return List.copyOf(complaints);
    }

    /// What keeps some people from using the page, seriously at least, as
    /// [axe-core](https://github.com/dequelabs/axe-core) finds it.
    public List<String> barriers() {
      page.evaluate(axe());
      Object found =
          page.evaluate(
              """
              axe.run({ resultTypes: ["violations"] }).then((r) => r.violations
                .filter((v) => v.impact === "serious" || v.impact === "critical")
                .flatMap((v) => v.nodes.map((n) => v.id + " at " + n.target.join(" ") + ": " + n.failureSummary)))
              """);
      return ((List<?>) found).stream().map(String::valueOf).toList();
    }

    /// Leaves a picture of the whole page, where pictures are wanted.
    ///
    /// @param name of the file, without its ending
    public void screenshot(String name) {
      String folder = System.getProperty("glissade.screenshots", "");
      if (!folder.isEmpty()) {
        page.screenshot(
            new Page.ScreenshotOptions()
                .setFullPage(true)
                .setPath(Path.of(folder).resolve(name + ".png")));
      }
    }

    private static String axe() {
      try (InputStream in = Browser.class.getResourceAsStream("/axe.min.js")) {
        byte[] script = Objects.requireNonNull(in, "axe.min.js").readAllBytes();
        return new String(script, StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      profile.close();
    }
  }
}
