package dev.glissade.learned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.glissade.Descent;
import dev.glissade.Objective;
import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.Point;
import dev.glissade.Problem;
import dev.glissade.optimizer.Lbfgs;
import dev.glissade.problem.ProblemCatalog;
import dev.glissade.problem.Problems;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The quasi-Newton rule solves quadratics without line searches, takes back what went wrong, and
/// is scaled by its network.
class QuasiNewtonTest {

  private static final Lstm LINEAR = new Lstm(0, 1, new Preprocessing.Identity(), 1);
  private static final QuasiNewton RULE = new QuasiNewton(LINEAR, 10);
  private static final float[] INITIAL = RULE.initialWeights(1);
  private static final ParameterLayout TWO = ParameterLayout.of("x", 2);

  private static Objective sample(String problem, long seed) {
    return new ProblemCatalog(Problems.core()).parse(problem).sample(Problem.Split.TEST, seed);
  }

  private static double lossAfter(int steps, Objective objective, Optimizer<?> optimizer) {
    return Descent.start(objective, optimizer).run(steps).last();
  }

  @Test
  void solvesQuadraticsLongBeforeLbfgs() {
    double own = 0;
    double other = 0;
    for (int seed = 0; seed < 50; seed++) {
      Objective objective = sample("quadratic:dim=5", seed);
      own += Math.log(lossAfter(16, objective, RULE.with(INITIAL)));
      other += Math.log(lossAfter(16, objective, new Lbfgs(1)));
    }
    assertThat(own / 50).isLessThan(other / 50 - Math.log(100));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rosenbrock", "rastrigin", "rosenbrock:dim=6", "lasso"})
  void endsBelowItsStartWhateverItsWeights(String problem) {
    for (int seed = 0; seed < 20; seed++) {
      Objective objective = sample(problem, seed);
      Optimizer<?> rule = RULE.with(Steps.weights(RULE, seed));
      assertThat(Descent.start(objective, rule).run(150).diverged()).as("%s", seed).isFalse();
    }
  }

  /// Update by update, as the loss says. The gradients never change, so that there are no pairs.
  @Test
  void aTrialThatRoseIsTakenBackAndLessIsDared() {
    Optimizer<QuasiNewton.State> rule = RULE.with(INITIAL);
    QuasiNewton.State state = rule.start(TWO);
    float[] start = {3, -1};
    float[] gradient = {0.5f, 0.5f};
    float[] update = new float[2];
    rule.update(new Point.Known(0, 5, start, gradient), state, update);
    assertThat(update).containsExactly(-0.5f, -0.5f);

    float[] trial = {2.5f, -1.5f};
    rule.update(new Point.Known(1, 5.000001, trial, gradient), state, update);
    assertThat(trial[0] + update[0]).isCloseTo(2.75f, within(1e-6f)); // half as far from the start
    assertThat(trial[1] + update[1]).isCloseTo(-1.25f, within(1e-6f));

    float[] second = {2.75f, -1.25f};
    rule.update(new Point.Known(2, 5, second, gradient), state, update); // no rise
    assertThat(second[0] + update[0]).isCloseTo(2.25f, within(1e-6f)); // a whole step again
  }

  @Test
  void aLossThatIsNotKnownIsNoRise() {
    float[][] gradients = {{0.5f, 0.5f}, {0.5f, 0.5f}};
    assertThat(Steps.updates(RULE.with(INITIAL), TWO, gradients))
        .isDeepEqualTo(new float[][] {{-0.5f, -0.5f}, {-0.5f, -0.5f}});
  }

  /// From the pair that is known the whole step would be ten times as long as the last.
  @Test
  void aStepIsNotMuchLongerThanTheLast() {
    Optimizer<QuasiNewton.State> rule = RULE.with(INITIAL);
    QuasiNewton.State state = rule.start(TWO);
    float[] update = new float[2];
    rule.update(new Point.Known(0, 5, new float[] {0, 0}, new float[] {1, 0}), state, update);
    assertThat(update).containsExactly(-1, 0);
    float[] less = {10 / 11f, 0};
    rule.update(new Point.Known(1, 4, new float[] {-1, 0}, less), state, update);
    assertThat(update[0]).isCloseTo(-3, within(1e-4f));
  }

  @Test
  void theFirstStepIsAsLongAsIsLearned() {
    float[] weights = INITIAL.clone();
    int first = RULE.layout().slice("quasi-newton/first").offset();
    weights[first] = (float) Math.log(0.5);
    weights[first + 1] = 1; // ‖g‖₁·1/‖g‖₁ is 1
    float[][] gradients = {{3, -5}};
    assertThat(Steps.updates(RULE.with(weights), TWO, gradients)[0][0])
        .isCloseTo(-1.5f, within(1e-5f));
    assertThat(Steps.updates(RULE.with(INITIAL), TWO, gradients)[0][0])
        .isCloseTo(-3 / 8f, within(1e-5f));
  }

  /// A linear network with the weight −1 divides by each coordinate's own curvature.
  @Test
  void theNetworkScalesCoordinates() {
    float[] weights = INITIAL.clone();
    weights[RULE.layout().slice("output/weights").offset()] = -1;
    QuasiNewton.State plain = afterOneStep(INITIAL);
    QuasiNewton.State scaled = afterOneStep(weights);
    float[] gradient = {0, 1}; // y is along both, s as well
    float[][] updates = new float[2][2];
    Point at = new Point.Known(2, 0, new float[] {-1, -1}, gradient);
    RULE.with(INITIAL).update(at, plain, updates[0]);
    RULE.with(weights).update(at, scaled, updates[1]);
    assertThat(updates[1]).isNotEqualTo(updates[0]);
    assertThat(updates[1][1] / updates[1][0]).isNotEqualTo(updates[0][1] / updates[0][0]);
  }

  private static QuasiNewton.State afterOneStep(float[] weights) {
    Optimizer<QuasiNewton.State> rule = RULE.with(weights);
    QuasiNewton.State state = rule.start(TWO);
    float[] update = new float[2];
    rule.update(new Point.Known(0, 9, new float[] {0, 0}, new float[] {10, 3}), state, update);
    rule.update(new Point.Known(1, 3, new float[] {-1, -1}, new float[] {2, 2}), state, update);
    return state;
  }

  /// What a state is copied from goes on alike: nothing that matters is outside its arrays.
  @Test
  void goesOnFromACopyOfItsState() {
    QuasiNewton family = new QuasiNewton(new Lstm(1, 3, new Preprocessing.Identity(), 1), 3);
    float[] weights = Steps.weights(family, 2);
    Objective objective = sample("rosenbrock:dim=4", 5);
    Optimizer<QuasiNewton.State> rule = family.with(weights);
    QuasiNewton.State state = rule.start(objective.layout());
    Descent whole = Descent.resume(objective, rule, objective.initialParameters(), state, 0, 0);
    whole.run(12);
    QuasiNewton.State copy = rule.start(objective.layout());
    copy.copyFrom((OptimizerState) state);
    Descent copied = Descent.resume(objective, rule, whole.parameters().clone(), copy, 12, 12);
    assertThat(copied.run(9).last()).isEqualTo(whole.run(9).last());
    assertThat(copied.parameters()).containsExactly(whole.parameters());
  }

  private static final QuasiNewton PLAIN = new QuasiNewton(LINEAR, 10, Secants.NEWEST);
  private static final int FIRST = PLAIN.layout().slice("quasi-newton/first").offset();
  private static final int RESPONSE = PLAIN.layout().slice("quasi-newton/response").offset();

  /// With nothing learned it is the rule that it comes from, as long as no trial rises.
  @Test
  void whereOnlyTheNewestPairBindsItIsLbfgs() {
    Objective objective = sample("lasso", 3);
    float[] weights = new float[PLAIN.layout().size()];
    weights[FIRST] = (float) -Math.log(objective.layout().size()); // 1/‖g‖₁ of a mean below 1
    weights[FIRST + 1] = -1;
    weights[RESPONSE + 2] = 3; // no limit
    Descent own = Descent.start(objective, PLAIN.with(weights));
    Descent other = Descent.start(objective, new Lbfgs(1));
    double before = Double.POSITIVE_INFINITY;
    for (int step = 0; step < 6; step++) {
      assertThat(own.loss()).as("step %s", step).isLessThan(before);
      before = own.loss();
      own.advance();
      other.advance();
      assertThat(own.loss()).isCloseTo(other.loss(), withinPercentage(0.01));
    }
  }

  /// On pictures 1/‖g‖₁ is no step at all.
  @Test
  void theFirstStepOfManyCoordinatesIsAsLongForEach() {
    float[][] one = {{3, -5}};
    float[][] twice = {{3, -5, 3, -5}};
    float[] weights = PLAIN.initialWeights(1);
    float step = Steps.updates(PLAIN.with(weights), TWO, one)[0][0];
    assertThat(step).isCloseTo(-0.8f * 0.007f * 3 / 4, within(1e-6f));
    assertThat(Steps.updates(PLAIN.with(weights), ParameterLayout.of("x", 4), twice)[0][0])
        .isEqualTo(step);
    assertThat(Steps.updates(RULE.with(INITIAL), ParameterLayout.of("x", 4), twice)[0][0])
        .isCloseTo(-3 / 16f, within(1e-5f));
  }

  @Test
  void startsWithASilentNetwork() {
    float[] louder = INITIAL.clone();
    Arrays.fill(louder, 0, LINEAR.layout().size(), 0);
    assertThat(louder).containsExactly(INITIAL);
    assertThatThrownBy(() -> new QuasiNewton(LINEAR, 0)).hasMessage("memory must be >= 1, got 0");
  }
}
