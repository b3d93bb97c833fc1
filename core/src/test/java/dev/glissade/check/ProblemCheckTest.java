package dev.glissade.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.glissade.Objective;
import dev.glissade.ParameterLayout;
import dev.glissade.Problem;
import dev.glissade.TestProblems;
import dev.glissade.Workers;
import dev.glissade.problem.Objectives;
import dev.glissade.problem.Objectives.HessianOnDraw;
import dev.glissade.problem.Objectives.LossOnDraw;
import dev.glissade.problem.ProblemCatalog;
import dev.glissade.problem.Problems;
import dev.glissade.problem.RandomProblem;
import example.DecayFits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Each fault is found by the check for it, and by no other; what has no fault passes.
class ProblemCheckTest {

  private static final int SIZE = 100;

  private static final ParameterLayout LAYOUT =
      new ParameterLayout(
          List.of(ParameterLayout.block("weights", 9, 10), ParameterLayout.block("bias", 10)));

  /// f = Σ cᵢ·(cosh(xᵢ − aᵢ) − 1): a member without a fault.
  private static double loss(float[] a, float[] c, float[] x, float[] gradient) {
    double loss = 0;
    for (int i = 0; i < x.length; i++) {
      gradient[i] = (float) (c[i] * Math.sinh(x[i] - a[i]));
      loss += c[i] * (Math.cosh(x[i] - a[i]) - 1);
    }
    return loss;
  }

  private static float[] random(RandomGenerator random, double min, double max) {
    float[] values = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      values[i] = (float) random.nextDouble(min, max);
    }
    return values;
  }

  /// The sound problem with its loss changed.
  private static Problem changed(UnaryOperator<LossOnDraw> change) {
    return RandomProblem.of("changed", random -> member(random, change));
  }

  private static Objective member(RandomGenerator random, UnaryOperator<LossOnDraw> change) {
    float[] a = random(random, -1, 1);
    float[] c = random(random, 0.5, 2);
    float[] start = random(random, -0.1, 0.1);
    LossOnDraw sound = (x, _, gradient) -> loss(a, c, x, gradient);
    return Objectives.of(LAYOUT, start, change.apply(sound));
  }

  private static List<Aspect> wrong(Problem problem) {
    return ProblemCheck.of(problem).run().wrong().stream().map(Finding::aspect).toList();
  }

  @Test
  void nothingIsWrongWithWhatIsSound() {
    ProblemReport report = ProblemCheck.of(changed(sound -> sound)).run();
    assertThat(report.findings()).hasSize(Aspect.values().length);
    assertThat(report.wrong()).isEmpty();
    assertThat(report.findings())
        .filteredOn(finding -> finding.verdict() != Verdict.SOUND)
        .extracting(Finding::aspect)
        .containsExactly(Aspect.HESSIAN);
    assertThat(report.finding(Aspect.GRADIENT).tried()).isGreaterThan(6 * 64);
    assertThat(report.finding(Aspect.GRADIENT).worst()).isLessThan(1e-4);
    assertThat(report.finding(Aspect.TIME).worst()).isPositive();
    report.requireSound();
  }

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

  @ParameterizedTest
  @ValueSource(doubles = {1e-9, 1})
  void aLossThatDependsOnTheNumberOfCallsIsFound(double drift) {
    AtomicLong calls = new AtomicLong();
    Problem problem =
        changed(sound ->
            (x, draw, gradient) ->
                sound.evaluate(x, draw, gradient) + drift * calls.incrementAndGet());
    assertThat(wrong(problem)).containsExactly(Aspect.REPEATABLE);
  }

  /// Such as a cache that is full at some time.
  @Test
  void aLossThatChangesAfterManyCallsIsFound() {
    AtomicLong calls = new AtomicLong();
    Problem problem =
        changed(sound ->
            (x, draw, gradient) ->
                sound.evaluate(x, draw, gradient) + (calls.incrementAndGet() > 2000 ? 1 : 0));
    assertThat(wrong(problem)).containsExactly(Aspect.REPEATABLE);
  }

  @Test
  void aMemberThatIgnoresItsSeedIsFound() {
    Problem sound = changed(it -> it);
    Problem problem = new Sampled((split, _) -> sound.sample(split, 1));
    assertThat(wrong(problem)).containsExactly(Aspect.SEEDS);
  }

  @Test
  void aMemberThatIgnoresItsSplitIsFound() {
    Problem sound = changed(it -> it);
    Problem problem = new Sampled((_, seed) -> sound.sample(Problem.Split.TRAIN, seed));
    assertThat(wrong(problem)).containsExactly(Aspect.SPLITS);
  }

  @Test
  void aMemberOfChanceIsFound() {
    AtomicLong calls = new AtomicLong();
    Problem sound = changed(it -> it);
    Problem problem = new Sampled((split, _) -> sound.sample(split, calls.incrementAndGet()));
    assertThat(wrong(problem)).containsExactly(Aspect.SEEDS);
  }

  private interface Sampler {
    Objective sample(Problem.Split split, long seed);
  }

  private record Sampled(Sampler sampler) implements Problem {
    @Override
    public String name() {
      return "sampled";
    }

    @Override
    public Objective sample(Split split, long seed) {
      return sampler.sample(split, seed);
    }
  }

  @Test
  void anEvaluationThatChangesParametersIsFound() {
    Problem problem =
        changed(sound ->
            (x, draw, gradient) -> {
              double loss = sound.evaluate(x, draw, gradient);
              x[3] = 0;
              return loss;
            });
    assertThat(wrong(problem)).containsExactly(Aspect.INPUT);
  }

  /// Two threads share an array; a pause while it is full lets the other one in.
  @Test
  void sharedScratchSpaceIsFound() {
    float[] scratch = new float[SIZE];
    Problem problem =
        changed(sound ->
            (x, draw, gradient) -> {
              System.arraycopy(x, 0, scratch, 0, SIZE);
              LockSupport.parkNanos(1);
              return sound.evaluate(scratch, draw, gradient);
            });
    assertThat(Workers.with(1, () -> wrong(problem))).containsExactly(Aspect.THREADS);
  }

  @Test
  void oneArrayOfInitialParametersIsFound() {
    Objective bowl = TestProblems.parabola(1, 2);
    Problem problem =
        RandomProblem.of(
            "shared",
            random -> {
              float[] start = {random.nextFloat()};
              return new Objective() {
                @Override
                public ParameterLayout layout() {
                  return bowl.layout();
                }

                @Override
                public float[] initialParameters() {
                  return start;
                }

                @Override
                public double evaluate(float[] parameters, long draw, float[] gradient) {
                  return bowl.evaluate(parameters, draw, gradient);
                }
              };
            });
    assertThat(wrong(problem)).containsExactly(Aspect.START);
  }

  @Test
  void aStartWithoutALossIsFound() {
    Problem problem =
        changed(sound ->
            (x, draw, gradient) -> {
              sound.evaluate(x, draw, gradient);
              return Double.NaN;
            });
    assertThat(wrong(problem)).containsExactly(Aspect.FINITE);
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

  static Stream<String> shipped() {
    return Stream.concat(
        Problems.core().stream().map(factory -> factory.name()),
        Stream.of(
            "quadratic:dim=100",
            "rosenbrock:dim=7,spread=0.5",
            "rastrigin:amplitude=1000,shift=5",
            "logistic:samples=30,batch=7",
            "lasso:dim=5,rows=9,smoothing=0.000001,start=0"));
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void whatShipsIsSound(String name) {
    ProblemReport report = ProblemCheck.of(new ProblemCatalog(Problems.core()).parse(name)).run();
    report.requireSound();
    assertThat(report.findings())
        .allSatisfy(it -> assertThat(it.verdict()).as("%s", it).isEqualTo(Verdict.SOUND));
  }

  /// As in the documents.
  @Test
  void theExampleIsSound() {
    assertThatCode(() -> ProblemCheck.of(new DecayFits()).run().requireSound())
        .doesNotThrowAnyException();
  }

  @Test
  void theResultDependsOnTheSeedAlone() {
    Problem problem = new DecayFits();
    ProblemReport one = Workers.with(1, () -> ProblemCheck.of(problem).run());
    ProblemReport two = Workers.with(2, () -> ProblemCheck.of(problem).run());
    for (Aspect aspect : Aspect.values()) {
      if (aspect != Aspect.TIME && aspect != Aspect.THREADS) {
        assertThat(two.finding(aspect)).isEqualTo(one.finding(aspect));
      }
    }
    assertThat(ProblemCheck.of(problem).withSeed(2).run().finding(Aspect.GRADIENT))
        .isNotEqualTo(one.finding(Aspect.GRADIENT));
  }

  @Test
  void moreDepthTriesMore() {
    Problem problem = changed(it -> it);
    List<Long> tried = new ArrayList<>();
    for (Depth depth : Depth.values()) {
      tried.add(ProblemCheck.of(problem).withDepth(depth).run().finding(Aspect.GRADIENT).tried());
    }
    assertThat(tried).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void aBriefLookFindsAWrongSignAndEndsInTime() {
    Problem problem =
        changed(sound ->
            (x, draw, gradient) -> {
              double loss = sound.evaluate(x, draw, gradient);
              for (int i = 0; i < 90; i++) {
                gradient[i] = -gradient[i];
              }
              return loss;
            });
    ProblemCheck check = ProblemCheck.brief(problem, Problem.Split.TEST, Duration.ofSeconds(5));
    ProblemReport report = check.run();
    assertThat(report.wrong()).extracting(Finding::aspect).containsExactly(Aspect.GRADIENT);
    assertThat(report.finding(Aspect.GRADIENT).tried()).isGreaterThan(8);
    assertThat(report.finding(Aspect.HESSIAN).verdict()).isEqualTo(Verdict.SKIPPED);
    ProblemReport cut = ProblemCheck.brief(problem, Problem.Split.TEST, Duration.ZERO).run();
    assertThat(cut.finding(Aspect.GRADIENT).tried()).isEqualTo(2);
    assertThat(cut.isSound()).isFalse();
  }

  @Test
  void messagesNameTheMemberAndThePlace() {
    Problem problem =
        RandomProblem.of(
            "halved",
            random -> {
              float start = random.nextFloat(1, 2);
              return Objectives.of(
                  new float[] {start},
                  (x, gradient) -> {
                    gradient[0] = x[0];
                    return x[0] * x[0];
                  });
            });
    assertThatIllegalStateException()
        .isThrownBy(() -> ProblemCheck.of(problem).run().requireSound())
        .withMessageContaining("halved is not sound\ngradient: ")
        .withMessageContaining("member of seed ")
        .withMessageContaining("block 'x'");
  }

  @Test
  void atLeastOneMemberIsChecked() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ProblemCheck.of(new DecayFits()).withInstances(0))
        .withMessage("instances must be >= 1, got 0");
  }

  @Test
  void stepsAreAboutRight() {
    AtomicLong done = new AtomicLong();
    ProblemCheck check = ProblemCheck.of(changed(it -> it));
    check.run(done::incrementAndGet);
    assertThat((double) done.get()).isBetween(0.8 * check.steps(), 1.05 * check.steps());
    assertThat(Arrays.asList(Aspect.values()))
        .allSatisfy(it -> assertThat(it.label()).isNotBlank());
  }
}
