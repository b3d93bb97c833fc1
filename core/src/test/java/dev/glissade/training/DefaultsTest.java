package dev.glissade.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glissade.BlockFilter;
import dev.glissade.Objective;
import dev.glissade.ParameterLayout;
import dev.glissade.ParameterLayout.Block;
import dev.glissade.Problem;
import dev.glissade.TestProblems;
import dev.glissade.learned.Corrected;
import dev.glissade.learned.Grouped;
import dev.glissade.learned.Lstm;
import dev.glissade.learned.Preprocessing;
import dev.glissade.meta.Curriculum;
import dev.glissade.meta.ExactBptt;
import dev.glissade.meta.MetaLoss;
import dev.glissade.meta.TruncatedBptt;
import dev.glissade.optimizer.Baselines;
import dev.glissade.problem.Objectives;
import dev.glissade.problem.ProblemCatalog;
import dev.glissade.problem.Problems;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a training is where nothing is said, and what the robust recipe makes of it.
class DefaultsTest {

  private static final List<Block> CONVOLUTION =
      List.of(
          ParameterLayout.block("conv1/weights", 16, 3, 5, 5),
          ParameterLayout.block("conv1/bias", 16),
          ParameterLayout.block("dense/weights", 10, 400));

  private static final List<Block> DENSE =
      List.of(
          ParameterLayout.block("hidden/weights", 20, 784),
          ParameterLayout.block("hidden/bias", 20));

  /// Nothing is sampled for it: no data need be in place.
  private static MetaTraining of(List<Block> blocks, int steps) {
    Problem problem = TestProblems.unsampled("network", new ParameterLayout(blocks), steps);
    return MetaTraining.of(problem);
  }

  private static MetaTraining quadratic() {
    return MetaTraining.of(new ProblemCatalog(Problems.core()).parse("quadratic"));
  }

  /// The paper's section 3.3: one LSTM for the weights of convolutions, one for all else.
  @Test
  void convolutionsGetAnLstmOfTheirOwnAndOthersDoNot() {
    assertThat(of(CONVOLUTION, 1000).family())
        .isInstanceOfSatisfying(
            Grouped.class,
            grouped -> {
              assertThat(grouped.groups()).hasSize(1);
              assertThat(grouped.groups().getFirst().blocks().matches(CONVOLUTION.getFirst()))
                  .isTrue();
              assertThat(grouped.groups().getFirst().blocks().matches(CONVOLUTION.get(1)))
                  .isFalse();
            });
    assertThat(of(DENSE, 100).family()).isEqualTo(Lstm.forNetworks());
  }

  @Test
  void functionsOfFewCoordinatesGetExactGradientsWhereThereAreSome() {
    assertThat(quadratic().estimator()).isEqualTo(new ExactBptt(20));
    assertThat(quadratic().family()).isEqualTo(Lstm.forQuadratics());
    Objective line =
        Objectives.of(
            new float[] {1},
            (x, gradient) -> {
              gradient[0] = 1;
              return x[0];
            });
    MetaTraining once = MetaTraining.of(TestProblems.always("line", line));
    assertThat(once.estimator()).isEqualTo(new TruncatedBptt(20));
    assertThat(of(DENSE, 100).estimator()).isEqualTo(new TruncatedBptt(20, 0.25));
  }

  @ParameterizedTest
  @CsvSource({"100, 20", "128, 32", "1000, 20", "150, 25", "7, 7", "23, 23"})
  void theUnrollSuitsTheSteps(int steps, int unroll) {
    assertThat(of(DENSE, steps).estimator().unroll()).isEqualTo(unroll);
    assertThat(quadratic().withSteps(steps).estimator().unroll()).isEqualTo(unroll);
    assertThat(quadratic().withSteps(steps).episodes().steps()).isEqualTo(steps);
  }

  @Test
  void familiesThatAreNotExactGetAnEstimatorThatFits() {
    Corrected corrected = new Corrected(Lstm.forQuadratics(), Baselines.find("adam").rule(0.1));
    MetaTraining training = quadratic().withFamily(corrected);
    assertThat(training.estimator()).isEqualTo(new TruncatedBptt(20));
    training.check();
    assertThatThrownBy(training.withEstimator(new ExactBptt(20))::check)
        .hasMessageContaining("not exact");
  }

  @Test
  void weightsThatDoNotExistCannotBeTrained() {
    assertThatThrownBy(of(DENSE, 100).withTrained(new BlockFilter("log-rate"))::check)
        .hasMessageContaining("no block matches 'log-rate'");
  }

  @Test
  void theRobustRecipeGoesBackThroughItsShortestEpisodes() {
    MetaTraining robust = of(DENSE, 128).robust();
    assertThat(robust.episodes().curriculum())
        .isEqualTo(new Curriculum(Curriculum.parseStages("100x60%,200x20%,500x10%"), 1000));
    assertThat(robust.estimator().unroll()).isEqualTo(100);
    assertThat(Robust.of(of(DENSE, 128), 500).estimator().unroll()).isEqualTo(50);
    assertThat(robust.episodes().loss()).isEqualTo(MetaLoss.LOGARITHMS);
    assertThat(robust.episodes().batch()).isEqualTo(3);
    robust.check();
  }

  @Test
  void theRobustRecipeCorrectsMuonWhereThereAreMatrices() {
    assertThat(of(DENSE, 100).robust().family())
        .isInstanceOfSatisfying(
            Grouped.class,
            grouped -> assertThat(grouped.summary()).isEqualTo("adam + LSTM 2 × 20, 2 groups"));
    List<Block> vector = List.of(ParameterLayout.block("weights", 5000));
    assertThat(of(vector, 100).robust().family())
        .isEqualTo(
            new Corrected(
                new Lstm(2, 20, Preprocessing.parse("log-sign:10+adam-like:0.95"), 0.3),
                Baselines.find("adam").rule(0.02)));
  }
}
