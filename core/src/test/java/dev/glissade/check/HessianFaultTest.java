package dev.glissade.check;

import static dev.glissade.check.FaultyProblems.LAYOUT;
import static dev.glissade.check.FaultyProblems.SIZE;
import static dev.glissade.check.FaultyProblems.changed;
import static dev.glissade.check.FaultyProblems.random;
import static dev.glissade.check.FaultyProblems.wrong;
import static org.assertj.core.api.Assertions.assertThat;

import dev.glissade.Objective;
import dev.glissade.Problem;
import dev.glissade.problem.Objectives;
import dev.glissade.problem.Objectives.HessianOnDraw;
import dev.glissade.problem.RandomProblem;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Second derivatives that are wrong, or promised and not there.
class HessianFaultTest {

  /// A quadratic with second derivatives.
  private static Problem twice(UnaryOperator<HessianOnDraw> change) {
    return RandomProblem.of(
        "twice",
        random -> {
          float[] c = random(random, 0.5, 2);
          HessianOnDraw sound =
              (_, _, vector, product) -> {
                for (int i = 0; i < vector.length; i++) {
                  product[i] = c[i] * vector[i] + vector[vector.length - 1 - i];
                }
              };
          return Objectives.of(
              LAYOUT,
              random(random, -1, 1),
              (x, _, gradient) -> {
                double loss = 0;
                for (int i = 0; i < x.length; i++) {
                  float other = x[x.length - 1 - i];
                  gradient[i] = c[i] * x[i] + other;
                  loss += 0.5 * c[i] * x[i] * x[i] + 0.5 * x[i] * other;
                }
                return loss;
              },
              change.apply(sound));
        });
  }

  static Stream<Arguments> wrongHessians() {
    UnaryOperator<HessianOnDraw> sign =
        sound ->
            (x, draw, vector, product) -> {
              sound.hessianTimes(x, draw, vector, product);
              for (int i = 0; i < product.length; i++) {
                product[i] = -product[i];
              }
            };
    UnaryOperator<HessianOnDraw> lopsided =
        sound ->
            (x, draw, vector, product) -> {
              sound.hessianTimes(x, draw, vector, product);
              product[0] += vector[1];
            };
    UnaryOperator<HessianOnDraw> unwritten =
        sound -> (x, draw, vector, _) -> sound.hessianTimes(x, draw, vector, new float[SIZE]);
    UnaryOperator<HessianOnDraw> destructive =
        sound ->
            (x, draw, vector, product) -> {
              sound.hessianTimes(x, draw, vector, product);
              vector[7] = 0;
            };
    return Stream.of(
        Arguments.of(sign, Aspect.HESSIAN),
        Arguments.of(lopsided, Aspect.HESSIAN),
        Arguments.of(unwritten, Aspect.OUTPUT),
        Arguments.of(destructive, Aspect.INPUT));
  }

  @ParameterizedTest
  @MethodSource("wrongHessians")
  void aHessianThatIsWrongIsFound(UnaryOperator<HessianOnDraw> change, Aspect aspect) {
    assertThat(wrong(twice(it -> it))).isEmpty();
    assertThat(wrong(twice(change))).containsExactly(aspect);
  }

  @Test
  void aPromiseOfSecondDerivativesMustBeKept() {
    Problem once = changed(it -> it);
    Problem problem =
        new Problem() {
          @Override
          public String name() {
            return "promised";
          }

          @Override
          public Objective sample(Split split, long seed) {
            return once.sample(split, seed);
          }

          @Override
          public boolean isTwiceDifferentiable() {
            return true;
          }
        };
    assertThat(wrong(problem)).containsExactly(Aspect.HESSIAN);
  }
}
