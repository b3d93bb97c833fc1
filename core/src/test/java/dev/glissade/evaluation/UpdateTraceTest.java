package dev.glissade.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.glissade.Descent;
import dev.glissade.Objective;
import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.Point;
import dev.glissade.evaluation.UpdateTrace.Coordinate;
import dev.glissade.evaluation.UpdateTrace.Proposals;
import dev.glissade.learned.Pretrained;
import dev.glissade.optimizer.Adam;
import dev.glissade.optimizer.Momentum;
import dev.glissade.optimizer.Sgd;
import dev.glissade.problem.Objectives;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.util.DoubleComparator;
import org.junit.jupiter.api.Test;

/// What optimizers propose along a run, and what they would have proposed.
class UpdateTraceTest {

  private static final int STEPS = 12;
  private static final List<Double> MULTIPLES = List.of(-100.0, -1.0, 0.0, 1.0, 100.0);

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
      contenders.add(new Contender.Learned(optimizer.toString(), "", optimizer));
    }
    return UpdateTrace.of(objective, contenders, STEPS, step -> step <= 4, MULTIPLES, _ -> {});
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
      assertThat(trace.coordinates().getFirst().gradients().get(t))
          .isEqualTo(gradient, within(1e-5));
      assertThat(proposals(trace, 0, 0).updates().get(t)).isEqualTo(-0.05 * gradient, within(1e-6));
      assertThat(proposals(trace, 0, 1).updates().get(t)).isEqualTo(-0.01 * gradient, within(1e-6));
      x -= 0.05 * gradient;
    }
  }

  @Test
  void updatesOfTheFirstAreThoseOfItsRun() {
    Optimizer<?> learned = Pretrained.QUADRATIC.load().optimizer();
    Descent run = Descent.start(BOWL, learned);
    UpdateTrace trace = trace(BOWL, learned);
    for (int t = 0; t < STEPS; t++) {
      float before = run.parameters()[11];
      run.advance();
      assertThat(proposals(trace, 1, 0).updates().get(t))
          .isEqualTo((double) run.parameters()[11] - before, within(1e-6));
    }
  }

  /// Adam's first step is its rate, whatever the gradient; later ones depend on what came before.
  @Test
  void answersAreThoseOfTheStateBeforeTheStep() {
    UpdateTrace trace = trace(BOWL, new Sgd(0.05), new Adam(0.1), new Momentum(0.1));
    assertThat(proposals(trace, 1, 1).answers().getFirst().updates())
        .usingElementComparator(new DoubleComparator(1e-5))
        .isEqualTo(List.of(0.1, 0.1, 0.0, -0.1, -0.1));
    Coordinate steep = trace.coordinates().get(1);
    double heavy = 0;
    for (int t = 0; t < 4; t++) {
      List<Double> answers = proposals(trace, 1, 2).answers().get(t).updates();
      List<Double> updates = proposals(trace, 1, 2).updates();
      double carried = t == 0 ? 0 : 0.9 * updates.get(t - 1);
      for (int g = 0; g < MULTIPLES.size(); g++) {
        double asked = MULTIPLES.get(g) * steep.scale();
        assertThat(answers.get(g)).isEqualTo(carried - 0.1 * asked, within(1e-4));
      }
      heavy = updates.get(t);
    }
    assertThat(heavy).isNotZero();
  }

  /// An answer at one coordinate is what happens if its gradient alone is another.
  @Test
  void optimizersThatMixCoordinatesAreAskedAboutOneAtATime() {
    UpdateTrace trace = trace(BOWL, new Normalised());
    List<Double> gradients = BOWL_GRADIENTS;
    for (int place = 0; place < 2; place++) {
      Coordinate coordinate = trace.coordinates().get(place);
      for (int g = 0; g < MULTIPLES.size(); g++) {
        double asked = MULTIPLES.get(g) * coordinate.scale();
        double squares = asked * asked;
        for (int i = 0; i < gradients.size(); i++) {
          squares += i == coordinate.index() ? 0 : gradients.get(i) * gradients.get(i);
        }
        assertThat(proposals(trace, place, 0).answers().getFirst().updates().get(g))
            .isEqualTo(-0.01 * asked / Math.sqrt(squares), within(1e-6));
      }
    }
  }

  /// BOWL's gradient at its start.
  private static final List<Double> BOWL_GRADIENTS =
      List.of(0.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0);

  /// Steps of length 0.01 along the gradient.
  private record Normalised() implements Optimizer<OptimizerState.Empty> {
    @Override
    public OptimizerState.Empty start(ParameterLayout layout) {
      return new OptimizerState.Empty();
    }

    @Override
    public void update(Point at, OptimizerState.Empty state, float[] update) {
      double squares = 0;
      for (float gradient : at.gradient()) {
        squares += gradient * gradient;
      }
      for (int i = 0; i < update.length; i++) {
        update[i] = (float) (-0.01 * at.gradient()[i] / Math.sqrt(squares));
      }
    }
  }

  /// All see the loss and the parameters of the run.
  @Test
  void optimizersSeeWhereTheRunStands() {
    UpdateTrace trace = trace(BOWL, new Sgd(0.05), new Decay());
    double x = 1;
    for (int t = 0; t < STEPS; t++) {
      assertThat(proposals(trace, 0, 1).updates().get(t)).isEqualTo(-t * x, within(1e-5));
      x -= 0.05 * 6 * x;
    }
  }

  /// θ ← θ − t·θ
  private record Decay() implements Optimizer<OptimizerState.Empty> {
    @Override
    public OptimizerState.Empty start(ParameterLayout layout) {
      return new OptimizerState.Empty();
    }

    @Override
    public void update(Point at, OptimizerState.Empty state, float[] update) {
      for (int i = 0; i < update.length; i++) {
        update[i] = -at.step() * at.parameters()[i];
      }
    }
  }

  /// To be asked must not change what comes after.
  @Test
  void askingLeavesNoTrace() {
    Adam adam = new Adam(0.1);
    List<Contender> contenders = List.of(new Contender.Learned("adam", "", adam));
    List<Double> much =
        UpdateTrace.of(BOWL, contenders, STEPS, _ -> true, MULTIPLES, _ -> {})
            .coordinates()
            .getFirst()
            .proposals()
            .getFirst()
            .updates();
    List<Double> little =
        UpdateTrace.of(BOWL, contenders, STEPS, step -> step == 1, List.of(0.0), _ -> {})
            .coordinates()
            .getFirst()
            .proposals()
            .getFirst()
            .updates();
    assertThat(much).isEqualTo(little);
  }

  @Test
  void sizeAndSmoothnessAreThoseOfTheirDefinition() {
    Proposals proposals = Proposals.of("mine", List.of(1.0, 2.0, 3.0, 4.0), List.of());
    assertThat(proposals.size()).isEqualTo(Math.sqrt(30 / 4.0), within(1e-12));
    assertThat(proposals.smoothness()).isEqualTo((0.75 - 0.25 + 0.75) / 5, within(1e-12));
    List<Double> alternating = List.of(1.0, -1.0, 1.0, -1.0);
    assertThat(Proposals.of("mine", alternating, List.of()).smoothness())
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
