package dev.glissade.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.glissade.Descent;
import dev.glissade.LearningCurve;
import dev.glissade.Objective;
import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.Point;
import dev.glissade.Seeds;
import dev.glissade.TestProblems;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// A guard costs a failing optimizer a few steps, and a good one nothing.
class GuardedTest {

  private static final Optimizer<?> GOOD = new Sgd(0.1);

  private static LearningCurve run(Optimizer<?> optimizer, int steps) {
    return Descent.start(objective(), optimizer).run(steps);
  }

  private static Objective objective() {
    return TestProblems.parabola(1, 1);
  }

  /// A loss with noise of its own at each draw, as that of minibatches.
  private record Noisy(Objective exact, double noise, long seed) implements Objective {
    @Override
    public ParameterLayout layout() {
      return exact.layout();
    }

    @Override
    public float[] initialParameters() {
      return exact.initialParameters();
    }

    @Override
    public double evaluate(float[] parameters, long draw, float[] gradient) {
      double loss = exact.evaluate(parameters, draw, gradient);
      return loss + noise * Seeds.stream(seed, "noise", draw).nextGaussian();
    }
  }

  private static LearningCurve runNoisy(Optimizer<?> optimizer, long seed, int steps) {
    return Descent.start(new Noisy(objective(), 0.3, seed), optimizer).run(steps);
  }

  private static Optimizer<?> guarded(Optimizer<?> inner) {
    return new Guarded<>(inner, GOOD);
  }

  /// Goes uphill, or nowhere that is a number.
  private record Harmful(float factor) implements Optimizer<OptimizerState.Empty> {
    @Override
    public OptimizerState.Empty start(ParameterLayout layout) {
      return new OptimizerState.Empty();
    }

    @Override
    public void update(Point at, OptimizerState.Empty state, float[] update) {
      for (int i = 0; i < update.length; i++) {
        update[i] = factor * at.gradient()[i];
      }
    }
  }

  @Test
  void whatMakesProgressIsLeftAlone() {
    LearningCurve alone = run(new Sgd(0.5), 40);
    LearningCurve watched = run(guarded(new Sgd(0.5)), 40);
    assertThat(watched.interventions()).isZero();
    for (int t = 0; t <= 40; t++) {
      assertThat(watched.loss(t)).isEqualTo(alone.loss(t));
    }
  }

  /// The fallback goes on from θ₀, as if nothing had been but lost steps.
  @Test
  void whatDoesHarmCostsNoMoreStepsThanItsPatience() {
    LearningCurve fallback = run(GOOD, 60);
    LearningCurve watched = run(guarded(new Harmful(0.5f)), 60);
    assertThat(watched.interventions()).isEqualTo(1);
    for (int t = 4; t <= 60; t++) {
      assertThat(watched.loss(t)).isCloseTo(fallback.loss(t - 3), withinPercentage(0.001));
    }
  }

  @Test
  void anUpdateThatIsNoNumberIsNeverMade() {
    LearningCurve watched = run(guarded(new Harmful(Float.NaN)), 60);
    assertThat(watched.last()).isEqualTo(run(GOOD, 60).last());
    assertThat(watched.interventions()).isEqualTo(1);
  }

  /// After each rest it has another chance, and the next rest is twice as long.
  @Test
  void chancesBecomeRare() {
    Optimizer<?> watched = new Guarded<>(new Harmful(0.5f), new Sgd(0.01), 3, 10);
    LearningCurve curve = run(watched, 3 + 10 + 1 + 20 + 1 + 40);
    assertThat(curve.interventions()).isEqualTo(3);
    assertThat(curve.last()).isCloseTo(run(new Sgd(0.01), 70).last(), withinPercentage(0.001));
  }

  /// The promise, whatever the harm, the patience and the rest.
  @Test
  void noMoreStepsAreLostThanPromised() {
    RandomGenerator random = Seeds.stream(1, "harm", 0);
    for (int k = 0; k < 50; k++) {
      int patience = 1 + random.nextInt(5);
      int rest = 5 + random.nextInt(40);
      int steps = 20 + random.nextInt(200);
      Optimizer<?> fallback = new Sgd(0.01);
      Harmful harmful = new Harmful((float) Math.pow(10, random.nextDouble(-2, 1)));
      LearningCurve watched = run(new Guarded<>(harmful, new Sgd(0.01), patience, rest), steps);
      double trials = 1 + Math.log(1 + (double) steps / rest) / Math.log(2);
      assertThat((double) watched.interventions()).isLessThanOrEqualTo(trials);
      int made = Math.max(0, steps - (int) Math.ceil(5 * patience * trials));
      double lowest =
          IntStream.rangeClosed(0, steps).mapToDouble(watched::loss).min().orElseThrow();
      assertThat(lowest).isLessThanOrEqualTo(run(fallback, made).last() * 1.0001);
    }
  }

  @Test
  void noiseAloneIsNoFailure() {
    for (int seed = 0; seed < 10; seed++) {
      LearningCurve watched = runNoisy(guarded(new Sgd(0.3)), seed, 300);
      assertThat(watched.interventions()).isZero();
    }
  }

  @Test
  void aLossThatRisesUnderNoiseIsNoticed() {
    for (int seed = 0; seed < 10; seed++) {
      LearningCurve watched = runNoisy(guarded(new Harmful(0.1f)), seed, 100);
      assertThat(watched.interventions()).isEqualTo(1);
      assertThat(watched.last()).isLessThan(1.5);
    }
  }

  /// The fallback would go on with long ones, of which the loss shows nothing.
  @Test
  void stepsThatBecomeShortUnderNoiseAreNoFailure() {
    Turning fading = Turning.from(new Sgd(0.2)).to(new Sgd(0.002), 6);
    for (int seed = 0; seed < 10; seed++) {
      LearningCurve watched = runNoisy(new Guarded<>(fading, new Sgd(0.5)), seed, 40);
      assertThat(watched.interventions()).isZero();
    }
  }

  /// It leaps from side to side of the valley, and never gets lower.
  @Test
  void whatOvershootsIsNoticedUnderNoise() {
    for (int seed = 0; seed < 10; seed++) {
      Objective narrow = new Noisy(TestProblems.parabola(1, 0.3f), 0.3, seed);
      LearningCurve watched = Descent.start(narrow, guarded(new Sgd(2))).run(100);
      assertThat(watched.interventions()).isEqualTo(1);
    }
  }

  /// Its loss falls at every step, and each leads to the other side of the valley.
  @Test
  void whatLeapsOverTheValleyIsNoticedWhileItsLossFalls() {
    LearningCurve watched = run(guarded(new Sgd(1.99)), 60);
    assertThat(watched.interventions()).isEqualTo(1);
    assertThat(watched.last()).isLessThanOrEqualTo(run(GOOD, 49).last());
  }

  /// In the exam, where one leap is most of the sums over the last steps.
  @Test
  void aLeapThatTheNextStepTakesBackIsNoFailure() {
    Turning leap = Turning.from(new Sgd(0.1)).to(new Sgd(3), 5);
    Turning back = leap.to(new Sgd(1.2), 6).to(new Sgd(0.5), 7);
    LearningCurve watched = run(guarded(back), 40);
    assertThat(watched.loss(6)).isGreaterThan(watched.loss(0));
    assertThat(watched.loss(7)).isLessThan(watched.loss(5));
    assertThat(watched.interventions()).isZero();
  }

  /// After it, where the fallback promises far more from up there than was gained down here.
  @Test
  void aLeapFromWhichTheNextStepComesBackLowerIsNoFailure() {
    Turning back = Turning.from(new Sgd(1.65)).to(new Sgd(25), 11).to(new Sgd(0.98), 12);
    LearningCurve watched = run(new Guarded<>(back, new Sgd(1.5)), 40);
    assertThat(watched.loss(12)).isGreaterThan(100 * watched.loss(11));
    assertThat(watched.loss(13)).isLessThan(watched.loss(11));
    assertThat(watched.interventions()).isZero();
  }

  /// In the exam, too, and once more: the first leap is still most of the sums at the second one.
  @Test
  void aSecondLeapThatTheNextStepTakesBackIsNoFailure() {
    Turning leap = Turning.from(new Sgd(0.1)).to(new Sgd(3), 5).to(new Sgd(0.8), 6);
    Turning second = leap.to(new Sgd(4), 7).to(new Sgd(0.5), 8);
    LearningCurve watched = run(guarded(second), 40);
    assertThat(watched.loss(7)).isLessThan(watched.loss(5));
    assertThat(watched.loss(8)).isGreaterThan(watched.loss(7));
    assertThat(watched.interventions()).isZero();
  }

  @Test
  void aLeapThatNothingTakesBackIsAFailureAtTheNextStep() {
    Turning leap = Turning.from(new Sgd(0.1)).to(new Sgd(3), 5).to(new Sgd(0.01), 6);
    LearningCurve watched = run(guarded(leap), 40);
    assertThat(watched.interventions()).isEqualTo(1);
    assertThat(watched.loss(8)).isLessThan(watched.loss(0));
  }

  /// Its loss is above the first one for four steps, and falls again after the first of them.
  @Test
  void aFirstStepThatLeadsTooFarIsNoFailureIfTheNextOnesComeBack() {
    Turning turning = Turning.from(new Sgd(2.2)).to(new Sgd(0.05), 1);
    LearningCurve watched = run(guarded(turning), 40);
    assertThat(watched.loss(4)).isGreaterThan(watched.loss(0));
    assertThat(watched.interventions()).isZero();
  }

  /// As one that looks around first.
  @Test
  void whatDoesNotMoveAtFirstIsLeftAlone() {
    Turning turning = Turning.from(new Harmful(0)).to(new Sgd(0.3), 4);
    assertThat(run(guarded(turning), 40).interventions()).isZero();
  }

  @Test
  void whatNeverMovesFailsAtTheEndOfTheExam() {
    LearningCurve watched = run(guarded(new Harmful(0)), 40);
    assertThat(watched.interventions()).isEqualTo(1);
    assertThat(watched.loss(10)).isEqualTo(watched.loss(0));
    assertThat(watched.last()).isCloseTo(run(GOOD, 30).last(), withinPercentage(0.001));
  }

  /// Its loss falls at every step, and next to nothing.
  @Test
  void whatIsTooTimidIsNoticedWhileItsLossFalls() {
    LearningCurve watched = run(guarded(new Sgd(1e-5)), 40);
    assertThat(watched.interventions()).isEqualTo(1);
    assertThat(watched.last()).isLessThan(run(GOOD, 34).last());
  }

  /// Steps of 0.35 times the fallback's are none to stop in the exam.
  @Test
  void whatIsSomewhatTimidIsNoticedAfterTheExam() {
    LearningCurve alone = run(new Sgd(0.035), 12);
    LearningCurve watched = run(guarded(new Sgd(0.035)), 40);
    assertThat(watched.interventions()).isEqualTo(1);
    assertThat(watched.loss(12)).isEqualTo(alone.loss(12));
    assertThat(watched.last())
        .isCloseTo(watched.loss(13) * Math.pow(0.81, 27), withinPercentage(0.01));
  }

  @Test
  void whatIsTimidForTwoStepsIsLeftAlone() {
    Turning turning = Turning.from(new Sgd(1e-3)).to(new Sgd(0.3), 2);
    assertThat(run(guarded(turning), 40).interventions()).isZero();
  }

  /// As long as the fallback's next step promises a hundredth of what was gained.
  @Test
  void whatBecomesTooTimidIsNoticed() {
    Turning turning = Turning.from(new Sgd(0.05)).to(new Sgd(1e-4), 25);
    LearningCurve watched = run(guarded(turning), 100);
    assertThat(watched.interventions()).isEqualTo(1);
    assertThat(watched.last()).isLessThan(0.01 * watched.loss(25));
  }

  /// The fallback's run is the one that it would have made alone, its momentum included.
  @Test
  void whatFailsInItsExamCostsTheseStepsAndNothingElse() {
    for (Optimizer<?> failing : List.of(new Sgd(1e-3), new Sgd(1.99), new Harmful(0.5f))) {
      assertThat(stepsLost(failing)).isLessThanOrEqualTo(5);
    }
  }

  /// However low it had come: the fallback might not come back from there.
  @Test
  void whatLeapsAndFailsYoungGoesBackToItsStart() {
    Turning leaping = Turning.from(new Sgd(0.05)).to(new Sgd(1.8), 10);
    Turning turning = leaping.to(new Harmful(0.5f), 18);
    assertThat(stepsLost(turning)).isBetween(18, 30);
  }

  /// Checks that all other steps are those of the fallback alone.
  private static int stepsLost(Optimizer<?> failing) {
    LearningCurve fallback = run(new Adam(0.1), 60);
    LearningCurve watched = run(new Guarded<>(failing, new Adam(0.1)), 60);
    assertThat(watched.interventions()).isEqualTo(1);
    int lost = 2;
    while (Math.abs(watched.loss(lost + 1) - fallback.loss(1)) > 1e-6) {
      lost++;
    }
    for (int t = 1; t <= 60 - lost; t++) {
      assertThat(watched.loss(lost + t)).isCloseTo(fallback.loss(t), within(1e-5));
    }
    return lost;
  }

  @Test
  void whatFailsLaterGoesOnFromItsBestPoint() {
    Turning turning = Turning.from(new Sgd(0.05)).to(new Harmful(0.5f), 15);
    LearningCurve watched = run(guarded(turning), 40);
    assertThat(watched.interventions()).isEqualTo(1);
    assertThat(watched.last()).isLessThan(watched.loss(15));
  }

  /// What has come far may lose much for a third of the trial.
  @Test
  void whatTakesBackWhatItLostIsLeftAlone() {
    Turning losing = Turning.from(new Sgd(0.05)).to(new Harmful(0.5f), 40);
    Turning turning = losing.to(new Sgd(0.3), 48);
    LearningCurve watched = run(guarded(turning), 100);
    assertThat(watched.loss(48)).isGreaterThan(watched.loss(0) / 2);
    assertThat(watched.interventions()).isZero();
  }

  /// It goes to and fro, and its steps are no shorter than the fallback's.
  @Test
  void whatStandsStillWhileItMovesIsNoticedAfterAThirdOfTheTrial() {
    Turning turning = Turning.from(new Sgd(0.03)).to(new Sgd(2.02), 30);
    LearningCurve watched = run(new Guarded<>(turning, new Sgd(0.05)), 60);
    assertThat(watched.interventions()).isEqualTo(1);
    assertThat(watched.loss(44)).isGreaterThan(watched.loss(30));
    assertThat(watched.loss(45)).isLessThan(watched.loss(30));
  }

  /// It does not come back, and the fallback promises less than a hundredth of what was gained.
  @Test
  void whatDriftsOffIsNoticedWhereLittleIsPromised() {
    Turning drifting = Turning.from(new Sgd(0.3)).to(new Harmful(0.3f), 20);
    LearningCurve watched = run(new Guarded<>(drifting, new Sgd(0.02)), 60);
    assertThat(watched.interventions()).isEqualTo(1);
    for (int t = 20; t <= 60; t++) {
      assertThat(watched.loss(t)).isLessThan(0.1 * watched.loss(0));
    }
  }

  /// The run may end at any step after the first bad one.
  @Test
  void aChanceEndsWithItsFirstBadStep() {
    Turning harmful = Turning.from(new Sgd(1e-3)).to(new Harmful(30), 20);
    LearningCurve watched = run(new Guarded<>(harmful, GOOD, 3, 30), 80);
    assertThat(watched.interventions()).isEqualTo(2);
    List<Integer> worse =
        IntStream.range(10, 80).filter(t -> watched.loss(t + 1) > watched.loss(t)).boxed().toList();
    assertThat(worse).hasSize(1);
    int leap = worse.getFirst();
    assertThat(watched.loss(leap + 2)).isLessThan(watched.loss(leap));
  }

  @Test
  void whatHasArrivedIsLeftAlone() {
    LearningCurve watched = run(guarded(new Sgd(1)), 100);
    assertThat(watched.interventions()).isZero();
    assertThat(watched.last()).isZero();
  }

  @Test
  void aStateThatIsCopiedGoesOnAlike() {
    assertGoesOn(new Guarded<>(new Harmful(0.5f), new Momentum(0.1)));
  }

  /// What an optimizer proposed is kept, number or not, and so is its own state.
  @Test
  void aStateThatIsNoNumberGoesOnAlike() {
    for (float factor : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      Turning harmful = Turning.from(new Sgd(0.3)).to(new Harmful(factor), 3);
      Guarded<?, ?> watched = new Guarded<>(harmful, new Momentum(0.01), 3, 4);
      assertThat(run(watched, 30).interventions()).isGreaterThan(1);
      assertThat(run(watched, 30).nonFiniteCount()).isZero();
      assertGoesOn(watched);
    }
  }

  private static <S extends OptimizerState> void assertGoesOn(Optimizer<S> optimizer) {
    for (int split : new int[] {2, 4, 5, 9}) {
      Descent descent = Descent.start(objective(), optimizer);
      descent.run(split);
      S copy = optimizer.start(objective().layout());
      copy.copyFrom(descent.state());
      Descent resumed =
          Descent.resume(objective(), optimizer, descent.parameters().clone(), copy, split, split);
      assertThat(resumed.run(20).last()).isEqualTo(descent.run(20).last());
    }
  }
}
