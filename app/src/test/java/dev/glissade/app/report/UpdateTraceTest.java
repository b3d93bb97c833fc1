package dev.glissade.app.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.glissade.Descent;
import dev.glissade.Objective;
import dev.glissade.Optimizer;
import dev.glissade.app.report.UpdateTrace.Coordinate;
import dev.glissade.app.report.UpdateTrace.Proposals;
import dev.glissade.evaluation.Contender;
import dev.glissade.learned.Pretrained;
import dev.glissade.optimizer.Adam;
import dev.glissade.optimizer.Momentum;
import dev.glissade.optimizer.Sgd;
import dev.glissade.problem.Objectives;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UpdateTraceTest {

  private static final int STEPS = 12;
  private static final double[] MULTIPLES = {-100, -1, 0, 1, 100};

  /// f(x) = Σ cᵢ·xᵢ²/2 with c = 0, 0, 1, 2, …, 10: the coordinate at 7 is in the middle of those
  /// that have gradients, that at 11 among the steepest tenth.
  private static final Objective BOWL =
      Objectives.of(
          new float[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1},
          (x, gradient) -> {
            double loss = 0;
            for (int i = 0; i < x.length; i++) {
              float curvature = Math.max(0, i - 1);
              gradient[i] = curvature * x[i];
              loss += 0.5 * curvature * x[i] * x[i];
            }
            return loss;
          });

  private static UpdateTrace trace(Objective objective, Optimizer<?>... optimizers) {
    List<Contender> contenders = new ArrayList<>();
    for (Optimizer<?> optimizer : optimizers) {
      contenders.add(new Contender(optimizer.toString(), false, Map.of(), optimizer));
    }
    return UpdateTrace.of(objective, contenders, STEPS, 4, MULTIPLES, _ -> {});
  }

  private static Proposals proposals(UpdateTrace trace, int coordinate, int optimizer) {
    return trace.coordinates().get(coordinate).proposals().get(optimizer);
  }

  @Test
  void choosesAUsualAndASteepCoordinateOfThoseThatHaveGradients() {
    UpdateTrace trace = trace(BOWL, new Sgd(0.001));
    assertThat(trace.coordinates()).extracting(Coordinate::index).containsExactly(7, 11);
    assertThat(trace.coordinates()).extracting(Coordinate::block).containsOnly("x");
    Coordinate steep = trace.coordinates().get(1);
    double squares = 0;
    for (double gradient : steep.gradients()) {
      squares += gradient * gradient;
    }
    assertThat(steep.scale()).isEqualTo(Math.sqrt(squares / STEPS), within(1e-6));
  }

  /// x ← x − 0.05·c·x for the leader; the follower sees its gradients, not those of its own run.
  @Test
  void theFirstOptimizerMakesTheRunThatAllSee() {
    UpdateTrace trace = trace(BOWL, new Sgd(0.05), new Sgd(0.01));
    double x = 1;
    for (int t = 0; t < STEPS; t++) {
      double gradient = 6 * x;
      assertThat(trace.coordinates().getFirst().gradients()[t]).isEqualTo(gradient, within(1e-5));
      assertThat(proposals(trace, 0, 0).updates()[t]).isEqualTo(-0.05 * gradient, within(1e-6));
      assertThat(proposals(trace, 0, 1).updates()[t]).isEqualTo(-0.01 * gradient, within(1e-6));
      x -= 0.05 * gradient;
    }
  }

  @Test
  void updatesOfTheFirstAreThoseOfItsRun() {
    Optimizer<?> learned = Pretrained.load("quadratic").optimizer();
    Descent run = Descent.start(BOWL, learned);
    UpdateTrace trace = trace(BOWL, learned);
    for (int t = 0; t < STEPS; t++) {
      float before = run.parameters()[11];
      run.advance();
      assertThat(proposals(trace, 1, 0).updates()[t])
          .isEqualTo((double) run.parameters()[11] - before, within(1e-6));
    }
  }

  /// Adam's first step is its rate, whatever the gradient; later ones depend on what came before.
  @Test
  void answersAreThoseOfTheStateBeforeTheStep() {
    UpdateTrace trace = trace(BOWL, new Sgd(0.05), new Adam(0.1), new Momentum(0.1));
    assertThat(proposals(trace, 1, 1).answers()[0])
        .usingComparatorWithPrecision(1e-5)
        .containsExactly(0.1, 0.1, 0, -0.1, -0.1);
    Coordinate steep = trace.coordinates().get(1);
    double heavy = 0;
    for (int t = 0; t < 4; t++) {
      double[] answers = proposals(trace, 1, 2).answers()[t];
      double[] updates = proposals(trace, 1, 2).updates();
      double carried = t == 0 ? 0 : 0.9 * updates[t - 1];
      for (int g = 0; g < MULTIPLES.length; g++) {
        double asked = MULTIPLES[g] * steep.scale();
        assertThat(answers[g]).isEqualTo(carried - 0.1 * asked, within(1e-4));
      }
      heavy = updates[t];
    }
    assertThat(heavy).isNotZero();
  }

  /// To be asked must not change what comes after.
  @Test
  void askingLeavesNoTrace() {
    Adam adam = new Adam(0.1);
    List<Contender> contenders = List.of(new Contender("adam", true, Map.of(), adam));
    double[] much =
        UpdateTrace.of(BOWL, contenders, STEPS, STEPS, MULTIPLES, _ -> {})
            .coordinates()
            .getFirst()
            .proposals()
            .getFirst()
            .updates();
    double[] little =
        UpdateTrace.of(BOWL, contenders, STEPS, 1, new double[] {0}, _ -> {})
            .coordinates()
            .getFirst()
            .proposals()
            .getFirst()
            .updates();
    assertThat(much).containsExactly(little);
  }

  @Test
  void sizeAndSmoothnessAreThoseOfTheirDefinition() {
    Proposals proposals = Proposals.of("mine", new double[] {1, 2, 3, 4}, new double[0][0]);
    assertThat(proposals.size()).isEqualTo(Math.sqrt(30 / 4.0), within(1e-12));
    assertThat(proposals.smoothness()).isEqualTo((0.75 - 0.25 + 0.75) / 5, within(1e-12));
    double[] alternating = {1, -1, 1, -1};
    assertThat(Proposals.of("mine", alternating, new double[0][0]).smoothness())
        .isEqualTo(-0.75, within(1e-12));
  }

  @Test
  void whatCannotBeTracedIsSaid() {
    assertThatThrownBy(() -> trace(BOWL, new Sgd(1e30)))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("diverges at step ");
    Objective flat = Objectives.of(new float[] {1}, (_, gradient) -> gradient[0] = 0);
    assertThatThrownBy(() -> trace(flat, new Sgd(1))).hasMessage("all gradients are 0");
  }
}
