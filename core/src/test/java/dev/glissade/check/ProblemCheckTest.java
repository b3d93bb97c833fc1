package dev.glissade.check;

import static dev.glissade.check.FaultyProblems.changed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.glissade.Problem;
import dev.glissade.Workers;
import dev.glissade.problem.Objectives;
import dev.glissade.problem.ProblemCatalog;
import dev.glissade.problem.Problems;
import dev.glissade.problem.RandomProblem;
import example.DecayFits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What has no fault passes, and a check tries as much as it is told to.
class ProblemCheckTest {

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
