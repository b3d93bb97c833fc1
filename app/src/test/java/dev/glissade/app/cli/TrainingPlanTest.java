package dev.glissade.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glissade.ParameterLayout;
import dev.glissade.TestProblems;
import dev.glissade.app.catalog.ProblemName;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What `train PROBLEM` plans where nothing is said.
class TrainingPlanTest {

  private static final List<ParameterLayout.Block> CONVOLUTION =
      List.of(
          ParameterLayout.block("conv1/weights", 16, 3, 5, 5),
          ParameterLayout.block("conv1/bias", 16),
          ParameterLayout.block("dense/weights", 10, 400));

  private static final List<ParameterLayout.Block> DENSE =
      List.of(
          ParameterLayout.block("hidden/weights", 20, 784),
          ParameterLayout.block("hidden/bias", 20));

  /// A problem of the catalog with another layout: its data need not be there.
  private static TrainingPlan plan(String name, List<ParameterLayout.Block> blocks) {
    ParameterLayout layout = new ParameterLayout(blocks);
    ProblemName known = ProblemName.parse(name);
    return TrainingPlan.of(
        new ProblemName(
            known.factory(), TestProblems.unsampled(name, layout, known.problem().steps())));
  }

  private static TrainingPlan real(String name) {
    return TrainingPlan.of(ProblemName.parse(name));
  }

  /// The paper's section 3.3: one LSTM for the weights of convolutions, one for all else.
  @Test
  void convolutionsGetAnLstmOfTheirOwnAndOthersDoNot() {
    assertThat(plan("cifar10", CONVOLUTION).settings())
        .containsEntry("groups", "conv=conv.*weights");
    assertThat(plan("mnist", DENSE).settings()).doesNotContainKey("groups");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cifar10", "cifar2"})
  void theNetworkForCifarHasConvolutionsByThatName(String name) {
    assertThat(real(name).settings()).containsEntry("groups", "conv=conv.*weights");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mnist", "art"})
  void otherNetworksHaveOneLstm(String name) {
    assertThat(real(name).architecture().groups()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"mnist, 100, 20", "art, 128, 32", "cifar10, 1000, 20"})
  void unrollSuitsTheStepsOfTheProblem(String name, int steps, int unroll) {
    assertPlans(plan(name, DENSE), steps, unroll);
  }

  @Test
  void unrollFollowsOtherSteps() {
    TrainingPlan mnist = plan("mnist", DENSE);
    assertPlans(mnist.with("steps", 128), 128, 32);
    assertPlans(TrainingPlan.of(ProblemName.parse("quadratic")).with("steps", 150), 150, 25);
    assertPlans(mnist.with("episodes", 7), 100, 20);
  }

  @Test
  void anUnrollThatIsGivenStays() {
    assertPlans(plan("mnist", DENSE).with(Map.of("steps", "128", "unroll", "16")), 128, 16);
    assertPlans(plan("mnist", DENSE).with("unroll", 50).with("batch", 2), 100, 50);
  }

  /// Or a run whose unroll was chosen could not be resumed with the command that began it.
  @Test
  void stepsThatStayKeepTheUnroll() {
    TrainingPlan chosen = plan("mnist", DENSE).with(Map.of("steps", "100", "unroll", "5"));
    assertPlans(chosen.with("steps", 100), 100, 5);
    assertPlans(chosen.with("steps", 200), 200, 20);
  }

  @Test
  void curriculaDoNotKeepTheUnrollFromFollowing() {
    TrainingPlan staged =
        plan("mnist", DENSE).with(Map.of("steps", "10", "unroll", "5", "curriculum", "5x50%"));
    assertPlans(staged.with(Map.of("steps", "128", "curriculum", "")), 128, 32);
    assertPlans(staged.with(Map.of("steps", "20", "unroll", "5")), 20, 5);
  }

  /// Evolution strategies are there to see to the end of an episode.
  @Test
  void evolutionSeesWholeEpisodes() {
    TrainingPlan mnist = plan("mnist", DENSE);
    assertPlans(mnist.with("evolution", 0.1), 100, 100);
    assertPlans(mnist.with(Map.of("evolution", "0.1", "steps", "300")), 300, 300);
    assertPlans(mnist.with(Map.of("evolution", "0.1", "unroll", "50")), 100, 50);
  }

  @Test
  void weightsThatDoNotExistCannotBeTrained() {
    TrainingPlan plan = plan("mnist", DENSE).with("trainOnly", "log-rate");
    assertThatThrownBy(plan::check).hasMessageContaining("no block matches 'log-rate'");
  }

  @Test
  void theRobustRecipeGoesBackThroughItsShortestEpisodes() {
    TrainingPlan art = plan("art", DENSE);
    TrainingPlan robust = Recipe.ROBUST.applyTo(art, Map.of());
    assertPlans(robust, 1000, 100);
    assertThat(robust.configuration().curriculum()).isEqualTo("100x60%,200x20%,500x10%");
    assertPlans(Recipe.PAPER.applyTo(art, Map.of()), 128, 32);
    assertPlans(Recipe.ROBUST.applyTo(art, Map.of("steps", "500")), 500, 50);
  }

  @Test
  void theRobustRecipeCorrectsMuonWhereThereAreMatrices() {
    assertThat(Recipe.ROBUST.applyTo(plan("mnist", DENSE), Map.of()).settings())
        .containsEntry("groups", "matrices=weights+muon=0.015")
        .containsEntry("base", "adam=0.02")
        .containsEntry("logLoss", "true");
    List<ParameterLayout.Block> vector = List.of(ParameterLayout.block("weights", 5000));
    assertThat(Recipe.ROBUST.applyTo(plan("logistic", vector), Map.of()).settings())
        .doesNotContainKey("groups")
        .containsEntry("base", "adam=0.02");
  }

  private static void assertPlans(TrainingPlan plan, int steps, int unroll) {
    assertThat(plan.configuration().steps()).isEqualTo(steps);
    assertThat(plan.configuration().unroll()).isEqualTo(unroll);
  }
}
