package dev.glissade.check;

import static dev.glissade.check.FaultyProblems.LAYOUT;
import static dev.glissade.check.FaultyProblems.SIZE;
import static dev.glissade.check.FaultyProblems.changed;
import static dev.glissade.check.FaultyProblems.member;
import static dev.glissade.check.FaultyProblems.random;
import static dev.glissade.check.FaultyProblems.wrong;
import static org.assertj.core.api.Assertions.assertThat;

import dev.glissade.Objective;
import dev.glissade.Problem;
import dev.glissade.problem.Objectives;
import dev.glissade.problem.Objectives.LossOnDraw;
import dev.glissade.problem.RandomProblem;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Gradients that are wrong are found, by the check for it and by no other; kinks, rounding and odd
/// sizes are no faults.
class GradientFaultTest {

  @Test
  void aGradientOfTheWrongSignIsFound() {
    Problem problem =
        changed(sound ->
            (x, draw, gradient) -> {
              double loss = sound.evaluate(x, draw, gradient);
              for (int i = 0; i < x.length; i++) {
                gradient[i] = -gradient[i];
              }
              return loss;
            });
    assertThat(wrong(problem)).containsExactly(Aspect.GRADIENT);
  }

  @Test
  void aGradientThatIsNotWrittenIsFound() {
    Problem problem =
        changed(sound -> (x, draw, _) -> sound.evaluate(x, draw, new float[x.length]));
    ProblemReport report = ProblemCheck.of(problem).run();
    assertThat(report.wrong()).extracting(Finding::aspect).containsExactly(Aspect.OUTPUT);
    assertThat(report.finding(Aspect.OUTPUT).detail()).contains("100 of 100", "not written");
    assertThat(report.finding(Aspect.GRADIENT).verdict()).isEqualTo(Verdict.SKIPPED);
  }

  @Test
  void aGradientThatIsAddedToIsFound() {
    Problem problem =
        changed(sound ->
            (x, draw, gradient) -> {
              float[] own = new float[x.length];
              double loss = sound.evaluate(x, draw, own);
              for (int i = 0; i < x.length; i++) {
                gradient[i] += own[i];
              }
              return loss;
            });
    ProblemReport report = ProblemCheck.of(problem).run();
    assertThat(report.wrong()).extracting(Finding::aspect).containsExactly(Aspect.OUTPUT);
    assertThat(report.finding(Aspect.OUTPUT).detail()).contains("do not add to it");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 37, 99})
  void oneCoordinateOfAHundredThatIsOffByOnePercentIsFound(int coordinate) {
    Problem problem =
        changed(sound ->
            (x, draw, gradient) -> {
              double loss = sound.evaluate(x, draw, gradient);
              gradient[coordinate] *= 1.01f;
              return loss;
            });
    ProblemReport report = ProblemCheck.of(problem).run();
    assertThat(report.wrong()).extracting(Finding::aspect).containsExactly(Aspect.GRADIENT);
    String name =
        coordinate < 90
            ? "coordinate %s of block 'weights'".formatted(coordinate)
            : "coordinate %s of block 'bias'".formatted(coordinate - 90);
    assertThat(report.finding(Aspect.GRADIENT).detail()).contains(name);
  }

  /// One of float's precision in a loss of 100.
  @Test
  void theSameIsFoundWhereLossesAreRounded() {
    Problem problem =
        changed(sound ->
            (x, draw, gradient) -> {
              double loss = sound.evaluate(x, draw, gradient);
              gradient[37] *= 1.01f;
              return (float) (loss + 10);
            });
    assertThat(wrong(problem)).containsExactly(Aspect.GRADIENT);
  }

  /// Regularisation that is in the loss alone has no slope at a start of zeros.
  @Test
  void whatIsMissingAwayFromTheStartIsFound() {
    Problem problem =
        changed(sound ->
            (x, draw, gradient) -> {
              double loss = sound.evaluate(x, draw, gradient);
              for (float element : x) {
                loss += 0.05 * element * element;
              }
              return loss;
            });
    assertThat(wrong(problem)).containsExactly(Aspect.GRADIENT);
  }

  /// Sums of |x| and ReLU, begun at their kinks.
  @Test
  void kinksAreNoFaults() {
    Problem problem =
        RandomProblem.of(
            "kinks",
            random -> {
              float[] c = random(random, 0.5, 2);
              return Objectives.of(
                  new float[SIZE],
                  (x, gradient) -> {
                    double loss = 0;
                    for (int i = 0; i < x.length; i++) {
                      boolean relu = i % 2 == 0;
                      gradient[i] = relu && x[i] <= 0 ? 0 : c[i] * Math.signum(x[i]);
                      loss += c[i] * (relu ? Math.max(0, x[i]) : Math.abs(x[i]));
                    }
                    return loss;
                  });
            });
    ProblemReport report = ProblemCheck.of(problem).run();
    report.requireSound();
    assertThat(report.finding(Aspect.GRADIENT).kinks()).isPositive();
  }

  @Test
  void roundingIsNoFault() {
    Problem problem =
        changed(sound ->
            (x, draw, gradient) -> {
              double loss = sound.evaluate(x, draw, gradient);
              for (int i = 0; i < gradient.length; i++) {
                gradient[i] *= (float) (1 + 3e-7 * Math.sin(1e9 * x[i]));
              }
              return (float) loss + 1000f;
            });
    ProblemCheck.of(problem).run().requireSound();
  }

  @ParameterizedTest
  @ValueSource(floats = {1e-8f, 1e-3f, 1e4f})
  void parametersMayBeOfAnySize(float scale) {
    UnaryOperator<LossOnDraw> scaled =
        sound ->
            (x, draw, gradient) -> {
              float[] natural = x.clone();
              for (int i = 0; i < x.length; i++) {
                natural[i] = x[i] / scale;
              }
              double loss = sound.evaluate(natural, draw, gradient);
              for (int i = 0; i < x.length; i++) {
                gradient[i] /= scale;
              }
              return loss;
            };
    for (float wrong : new float[] {1, 1.01f}) {
      Problem problem =
          RandomProblem.of(
              "scaled",
              random -> {
                Objective plain = member(random, it -> it);
                float[] start = plain.initialParameters();
                for (int i = 0; i < start.length; i++) {
                  start[i] *= scale;
                }
                LossOnDraw loss = scaled.apply(plain::evaluate);
                return Objectives.of(
                    LAYOUT,
                    start,
                    (x, draw, gradient) -> {
                      double value = loss.evaluate(x, draw, gradient);
                      gradient[5] *= wrong;
                      return value;
                    });
              });
      assertThat(wrong(problem)).as("%s", wrong).hasSize(wrong == 1 ? 0 : 1);
    }
  }
}
