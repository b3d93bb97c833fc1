package dev.glissade.hipparchus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.glissade.learned.Pretrained;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hipparchus.optim.InitialGuess;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.PointValuePair;
import org.hipparchus.optim.SimpleValueChecker;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunction;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunctionGradient;
import org.junit.jupiter.api.Test;

/// The lines in `docs/hipparchus.md` that minimise a function do.
class DocumentTest {

  @Test
  void aFunctionAndItsGradient() {
    // spotless:off
    PointValuePair end =
        new DescentOptimizer(Pretrained.SMOOTH.load().optimizer(), new SimpleValueChecker(1e-9, 1e-12))
            .optimize(
                new MaxEval(200),
                GoalType.MINIMIZE,
                new InitialGuess(new double[] {-1, 2}),
                new ObjectiveFunction(x -> Math.cosh(x[0] - 1) + x[1] * x[1]),
                new ObjectiveFunctionGradient(x -> new double[] {Math.sinh(x[0] - 1), 2 * x[1]}));
    // spotless:on
    assertThat(end.getPoint()).containsExactly(new double[] {1, 0}, within(1e-4));
    assertThat(end.getValue()).isCloseTo(1, within(1e-9));
  }

  @Test
  void theDocumentHasTheCodeOfThisTest() throws IOException {
    String test =
        Files.readString(Path.of("src/test/java/dev/glissade/hipparchus/DocumentTest.java"));
    String document = Files.readString(Path.of("../docs/hipparchus.md"));
    String code = document.substring(document.indexOf("```java\n") + 8);
    code = code.substring(0, code.indexOf("```")).strip();
    assertThat(test.replace("\n    ", "\n")).contains(code);
  }
}
