package dev.glissade.app.catalog;

import dev.glissade.Fuzz;
import dev.glissade.app.terminal.Numbers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What a person types for groups, problems, optimizers and times is understood or refused.
class WordsFuzzTest {

  private static List<byte[]> sound(String... words) {
    return Stream.of(words).map(word -> word.getBytes(StandardCharsets.UTF_8)).toList();
  }

  /// One line: a message that repeats a line break of a person's is cut there when it is printed.
  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8).replaceAll("\\R", " ");
  }

  @Test
  void groups() {
    Fuzz.run(
        1,
        60_000,
        sound("conv=conv.*weights", "m=.*weights:muon=0.02;rest=.*:adam=0.01", "a=b+adam=0.1"),
        bytes -> ArchitectureText.parseGroups(text(bytes)));
  }

  @Test
  void problems() {
    Catalog catalog = Catalog.builtIn();
    Fuzz.run(
        2,
        60_000,
        sound("digits:activation=relu", "quadratic:dim=5", "art:size=64", "mnist"),
        bytes -> catalog.problem(text(bytes)));
  }

  @Test
  void optimizers() {
    Fuzz.run(
        3,
        60_000,
        sound("adam=0.1", "adam+cosine", "guarded:adam,fallback=sgd", "muon", "lbfgs=1"),
        bytes -> OptimizerName.parse(text(bytes)));
  }

  @Test
  void times() {
    Fuzz.run(4, 30_000, sound("90s", "10m", "1h30m", "5"), bytes -> Numbers.duration(text(bytes)));
  }
}
