package dev.glissade.app.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The page of a result in a real browser, Chromium: a script at its end uses the page and writes
/// down what it saw.
class BrowserTest {

  private static Path chromium = Path.of("");

  @TempDir private Path folder;

  @BeforeAll
  static void find() {
    Optional<Path> found =
        Stream.of(System.getenv("PATH").split(":"))
            .flatMap(path ->
                Stream.of("chromium", "chromium-browser", "google-chrome")
                    .map(Path.of(path)::resolve))
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(found.isPresent(), "no Chromium here");
    chromium = found.get();
  }

  /// Opens the page of two optimizers, runs a script in it, and gives what the script returns.
  private String seen(String script) throws IOException, InterruptedException {
    ComparisonReport report =
        ReportTest.report(
            ReportTest.line("lstm", 1, 0.1, 0.01),
            ReportTest.tuned("adam", ReportTest.TRIALS, 1, 0.5, 0.25));
    String observer =
        """
        <script>
        const errors = [];
        addEventListener("error", (e) => errors.push(e.message));
        addEventListener("securitypolicyviolation", (e) => errors.push(e.blockedURI));
        </script>
        """;
    String actor =
        """
        <script>
        addEventListener("load", () => setTimeout(() => {
          let seen;
          try { seen = (() => { %s })(); } catch (e) { seen = String(e); }
          const out = document.createElement("pre");
          out.id = "seen";
          out.textContent = JSON.stringify([errors, seen]);
          document.body.append(out);
        }, 200));
        </script>
        """
            .formatted(script);
    Path page = folder.resolve("page.html");
    String html = Page.html(PageData.of(report));
    Files.writeString(
        page, html.replace("<body>", "<body>" + observer).replace("</body>", actor + "</body>"));
    List<String> command = new ArrayList<>(List.of(chromium.toString()));
    command.addAll(
        List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--user-data-dir=" + folder.resolve("profile"),
            "--window-size=1280,900",
            "--virtual-time-budget=5000",
            "--dump-dom",
            page.toUri().toString()));
    Path dom = folder.resolve("dom.html");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(dom.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    String text = Files.readString(dom, StandardCharsets.UTF_8);
    int begin = text.indexOf("<pre id=\"seen\">");
    assertThat(begin).as(text.substring(Math.max(0, text.length() - 500))).isPositive();
    return text.substring(begin + 15, text.indexOf("</pre>", begin));
  }

  @Test
  void theChartsHoldTheDataAndNothingGoesWrong() throws IOException, InterruptedException {
    String seen =
        seen(
            """
            const charts = [...document.querySelectorAll(".chart")].map((c) => c.__chart);
            const canvas = document.querySelector("canvas");
            const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
            return [charts.length, [...charts[0].data[0]], [...charts[0].data[1]], pixels.some((p) => p > 0),
              canvas.getAttribute("role"), document.documentElement.scrollWidth <= innerWidth];
            """);
    // the best first, as in the table
    assertThat(seen).isEqualTo("[[],[3,[0,1,2],[1,0.1,0.01],true,\"img\",true]]");
  }

  /// The axes are logarithmic, and what was taken has a ring.
  @Test
  void theRatesThatWereTriedAreSmallCharts() throws IOException, InterruptedException {
    String seen =
        seen(
            """
            const chart = document.querySelector("#section-0 .chart").__chart;
            return [chart.scales.x.distr, chart.scales.y.distr, [...chart.data[0]], [...chart.data[3]],
              chart.series[3].points.size > chart.series[1].points.size,
              document.querySelectorAll("#section-0 button").length];
            """);
    assertThat(seen).isEqualTo("[[],[3,3,[0.001,0.05,0.1],[null,null,1],true,0]]");
  }

  @Test
  void switchesWork() throws IOException, InterruptedException {
    String seen =
        seen(
            """
            const chart = () => document.querySelector(".chart").__chart;
            const state = () => [chart().scales.y.distr, chart().series[1].show, chart().series[4].show];
            const states = [state()];
            document.querySelector("button").click();
            states.push(state());
            document.querySelector("input").click();
            states.push(state());
            document.querySelector("input").click();
            states.push(state());
            return states;
            """);
    assertThat(seen).isEqualTo("[[],[[3,true,true],[1,true,true],[1,false,true],[1,true,true]]]");
  }

  @Test
  void theNumbersBehindAChartAreATable() throws IOException, InterruptedException {
    String seen =
        seen(
            """
            const table = document.querySelector(".plot details table");
            return [...table.rows].map((row) => [...row.cells].map((cell) => cell.textContent).join(" "));
            """);
    assertThat(seen).isEqualTo("[[],[\"step lstm adam\",\"0 1 1\",\"1 0.1 0.5\",\"2 0.01 0.25\"]]");
  }

  @Test
  void everythingCanBeReachedByTheKeyboard() throws IOException, InterruptedException {
    String seen =
        seen(
            """
            const reached = [...document.querySelectorAll("button, input, summary, [tabindex]")];
            return [reached.length > 8, reached.every((e) => { e.focus({ preventScroll: true }); return document.activeElement === e || e.closest("details:not([open])"); })];
            """);
    assertThat(seen).isEqualTo("[[],[true,true]]");
  }
}
