package dev.glissade.hipparchus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.glissade.Descent;
import dev.glissade.learned.Pretrained;
import dev.glissade.optimizer.Adam;
import java.util.ArrayList;
import java.util.List;
import org.hipparchus.exception.LocalizedCoreFormats;
import org.hipparchus.exception.MathIllegalArgumentException;
import org.hipparchus.exception.MathIllegalStateException;
import org.hipparchus.linear.DiagonalMatrix;
import org.hipparchus.optim.nonlinear.vector.leastsquares.EvaluationRmsChecker;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresOptimizer.Optimum;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresProblem;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresProblem.Evaluation;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LevenbergMarquardtOptimizer;
import org.junit.jupiter.api.Test;

class LeastSquaresDescentTest {

  private static LeastSquaresProblem stoppingAt(int iteration) {
    return TestFunctions.decayFit().checker((at, _, _) -> at == iteration).build();
  }

  @Test
  void aLearnedOptimizerEndsWhereLevenbergMarquardtDoes() {
    LeastSquaresProblem problem =
        TestFunctions.decayFit().checker(new EvaluationRmsChecker(1e-14, 1e-14)).build();
    Optimum own = new LeastSquaresDescent(Pretrained.SMOOTH.load().optimizer()).optimize(problem);
    Optimum other = new LevenbergMarquardtOptimizer().optimize(problem);
    assertThat(own.getPoint().toArray()).containsExactly(other.getPoint().toArray(), within(1e-5));
    assertThat(own.getRMS()).isCloseTo(other.getRMS(), within(1e-10));
    assertThat(own.getEvaluations()).isLessThan(60);
  }

  @Test
  void stepsAsADescentDoesBitByBit() {
    Optimum end = new LeastSquaresDescent(new Adam(0.1)).optimize(stoppingAt(21));
    Descent descent =
        Descent.start(FromHipparchus.objective(TestFunctions.decayFit().build()), new Adam(0.1));
    assertThat(end.getChiSquare() / 2).isEqualTo(descent.run(20).last());
    assertThat(end.getPoint().getEntry(1)).isEqualTo(descent.parameters()[1]);
  }

  @Test
  void aStepIsOneIterationAndOneEvaluationAndTheStartIsTheFirst() {
    Optimum end = new LeastSquaresDescent(new Adam(0.1)).optimize(stoppingAt(7));
    assertThat(end.getIterations()).isEqualTo(7);
    assertThat(end.getEvaluations()).isEqualTo(7);
  }

  @Test
  void theCheckerSeesEveryPointAndTheOneBefore() {
    List<Evaluation> seen = new ArrayList<>();
    LeastSquaresProblem problem =
        TestFunctions.decayFit()
            .checker((iteration, previous, current) -> {
              if (seen.isEmpty()) {
                seen.add(previous);
              }
              assertThat(previous).isSameAs(seen.getLast());
              seen.add(current);
              return iteration == 4;
            })
            .build();
    Optimum end = new LeastSquaresDescent(new Adam(0.1)).optimize(problem);
    assertThat(seen).hasSize(4);
    assertThat(seen.getFirst().getPoint()).isEqualTo(problem.getStart());
    assertThat(end.getPoint()).isEqualTo(seen.getLast().getPoint());
  }

  @Test
  void passingTheMostEvaluationsIsAnException() {
    LeastSquaresProblem problem =
        TestFunctions.decayFit().maxEvaluations(5).checker((_, _, _) -> false).build();
    assertThatThrownBy(() -> new LeastSquaresDescent(new Adam(0.1)).optimize(problem))
        .isInstanceOfSatisfying(
            MathIllegalStateException.class,
            e -> {
              assertThat(e.getSpecifier()).isEqualTo(LocalizedCoreFormats.MAX_COUNT_EXCEEDED);
              assertThat(e.getParts()).containsExactly(5);
            });
  }

  @Test
  void passingTheMostIterationsIsAnException() {
    LeastSquaresProblem problem =
        TestFunctions.decayFit().maxIterations(6).checker((_, _, _) -> false).build();
    assertThatThrownBy(() -> new LeastSquaresDescent(new Adam(0.1)).optimize(problem))
        .hasMessageContaining("(6)");
  }

  @Test
  void aProblemWithoutACheckerIsRefused() {
    LeastSquaresProblem endless = TestFunctions.decayFit().build();
    assertThatThrownBy(() -> new LeastSquaresDescent(new Adam(0.1)).optimize(endless))
        .isInstanceOf(MathIllegalArgumentException.class)
        .hasMessageContaining("ConvergenceChecker");
  }

  @Test
  void aPointThatIsNotFiniteIsTold() {
    LeastSquaresProblem problem =
        TestFunctions.decayFit().start(new double[] {1, -1e6}).checker((_, _, _) -> false).build();
    assertThatThrownBy(() -> new LeastSquaresDescent(new Adam(0.1)).optimize(problem))
        .isInstanceOf(MathIllegalStateException.class)
        .hasMessageContaining("iteration 1, [1.0, -1000000.0]");
  }

  /// With weight 0 for all but two observations the decay goes through these.
  @Test
  void weightsCount() {
    LeastSquaresProblem problem =
        TestFunctions.decayFit()
            .weight(new DiagonalMatrix(new double[] {1, 0, 1, 0, 0, 0}))
            .checker((iteration, _, _) -> iteration == 60)
            .build();
    Optimum end = new LeastSquaresDescent(Pretrained.SMOOTH.load().optimizer()).optimize(problem);
    assertThat(end.getPoint().toArray())
        .containsExactly(new double[] {2.1, Math.log(2.1 / 0.8)}, within(1e-4));
  }
}
