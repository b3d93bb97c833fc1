package dev.glissade.problem;

import dev.glissade.Fuzz;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a person, or a file, names a problem by is understood or refused.
class ProblemFuzzTest {

  @Test
  void specifications() {
    List<byte[]> sound =
        List.of("quadratic:dim=20", "quadratic-uniform", "lasso", "rosenbrock:dim=4").stream()
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .toList();
    ProblemCatalog catalog = new ProblemCatalog(Problems.core());
    Fuzz.run(
        1,
        150_000,
        sound,
        bytes -> catalog.parse(new String(bytes, StandardCharsets.UTF_8).replaceAll("\\R", " ")));
  }
}
