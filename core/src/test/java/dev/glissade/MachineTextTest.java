package dev.glissade;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// No text depends on the default locale, in any module: `%s` prints numbers alike everywhere, and
/// whatever does not is told `Locale.ROOT`. Error Prone's `DefaultLocale` keeps the same in tests,
/// but sees neither what `printf` prints nor formats that are put together.
class MachineTextTest {

  /// What the default locale decides: `%d` and the like, also put together, and cases of letters.
  private static final Pattern LOCAL =
      Pattern.compile(
          "%(\\d+\\$)?[-#+0,(]*\\d*(\\.\\d+)?[deEfgGaAtT]|%[0.,]+\"\\s*\\+"
              + "|\\.to(Lower|Upper)Case\\(\\)|\\.printf\\((?!\\s*Locale\\.ROOT)|ofPattern\\([^,]*\\)|new"
              + " DecimalFormat\\(");

  @ParameterizedTest
  @ValueSource(
      strings = {"core", "onnx", "torch", "hipparchus", "djl", "spark", "app", "benchmarks"})
  void noTextDependsOnTheDefaultLocale(String module) throws IOException {
    Path sources = Path.of("..", module, "src", "main", "java");
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(sources)) {
      for (Path file : files.filter(it -> it.toString().endsWith(".java")).toList()) {
        String code = Files.readString(file).replaceAll("(?m)//.*$", "");
        found.addAll(local(code).stream().map(text -> file + ": " + text).toList());
      }
    }
    assertThat(found).isEmpty();
  }

  /// Each use in a statement that does not name the locale, nor `decimal` of the benchmarks, which
  /// does.
  private static List<String> local(String code) {
    List<String> found = new ArrayList<>();
    Matcher matcher = LOCAL.matcher(code);
    while (matcher.find()) {
      String before = code.substring(0, matcher.start());
      int statement =
          Math.max(
              before.lastIndexOf(';'), Math.max(before.lastIndexOf('{'), before.lastIndexOf('}')));
      String told = before.substring(statement + 1);
      if (!told.contains("Locale.ROOT") && !told.contains("decimal(")) {
        found.add(matcher.group());
      }
    }
    return found;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"lstm%d/weights\".formatted(l)",
        "\"-Xmx%dg\".formatted(gigabytes)",
        "\"%08.3f\".formatted(x)",
        "\"new float[%1$d]\".formatted(n)",
        "String.format(\"%,d\", n)",
        "\"-%0\" + digits + \"d.png\"",
        "name.toLowerCase()",
        "out.printf(\"%s\", a)",
        "Locale.ROOT; \"%+.2g\".formatted(x)"
      })
  void theRuleFindsWhatDependsOnIt(String code) {
    assertThat(local(code)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "String.format(Locale.ROOT, \"%,d\", n)",
        "out.printf(Locale.ROOT, \"%d\", n)",
        "\"%s of %s\".formatted(a, b)",
        "name.toLowerCase(Locale.ROOT)",
        "\"100 % done\"",
        "\"hash %08x\".formatted(h)"
      })
  void theRuleLeavesTheRestAlone(String code) {
    assertThat(local(code)).isEmpty();
  }
}
