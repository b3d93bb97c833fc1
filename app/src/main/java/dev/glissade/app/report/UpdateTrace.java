package dev.glissade.app.report;

import dev.glissade.Descent;
import dev.glissade.Objective;
import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.Point;
import dev.glissade.evaluation.Contender;
import dev.glissade.evaluation.Statistics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/// What optimizers propose along one run, seen at two coordinates: their updates, and their answers
/// to other gradients than the one that came. The first optimizer makes the run; the others see the
/// same gradients and their proposals are not taken. All must be coordinatewise: an answer for one
/// coordinate must not depend on the gradients of others.
///
/// Reference: M. Andrychowicz et al., *Learning to learn by gradient descent by gradient descent*,
/// NIPS 2016, appendix B.
///
/// @param multiples `[G]`, ascending: the other gradients, as multiples of a coordinate's scale
/// @param coordinates one in the middle of those that have gradients, by their size, and one of the
///   steepest tenth; a single one where there are no two
public record UpdateTrace(double[] multiples, List<Coordinate> coordinates) {

  /// Which of the coordinates that have gradients, from the flattest (0) to the steepest (1).
  private static final List<Double> RANKS = List.of(0.5, 0.9);

  /// One coordinate.
  ///
  /// @param index in θ
  /// @param block of θ that it lies in
  /// @param scale the root mean square of its gradients
  /// @param gradients `[T]`, at steps 1 … T
  /// @param proposals one for each optimizer, in their order
  public record Coordinate(
      int index, String block, double scale, double[] gradients, List<Proposals> proposals) {}

  /// What one optimizer proposes for one coordinate.
  ///
  /// @param optimizer its name
  /// @param updates `[T]`, at steps 1 … T
  /// @param answers `[A][G]`: the update of step t = 1 … A, had the gradient of that step been
  ///   another, after the same t − 1 gradients
  /// @param size the root mean square of the updates
  /// @param smoothness the correlation of each update with the next: near 1 for long momentum, 0
  ///   for updates that have nothing to do with each other; NaN where the updates do not change
  public record Proposals(
      String optimizer, double[] updates, double[][] answers, double size, double smoothness) {

    static Proposals of(String optimizer, double[] updates, double[][] answers) {
      return new Proposals(
          optimizer, updates, answers, Statistics.rootMeanSquare(updates), smoothness(updates));
    }

    private static double smoothness(double[] updates) {
      double mean = Statistics.mean(updates);
      double products = 0;
      double squares = 0;
      for (int t = 0; t < updates.length; t++) {
        double deviation = updates[t] - mean;
        squares += deviation * deviation;
        products += t == 0 ? 0 : deviation * (updates[t - 1] - mean);
      }
      return products / squares;
    }
  }

  /// Traces a run.
  ///
  /// @param contenders the one that makes the run first
  /// @param steps T, ≥ 1
  /// @param answered A, in how many of the steps the optimizers are asked, 1 to T
  /// @param progress is told the number of each step when it is done
  /// @throws ArithmeticException with one line, if the run diverges or has no gradients
  public static UpdateTrace of(
      Objective objective,
      List<Contender> contenders,
      int steps,
      int answered,
      double[] multiples,
      IntConsumer progress) {
    Optimizer<?> leader = contenders.getFirst().optimizer();
    double[] scales = scales(objective, leader, steps);
    List<Recorder> recorders = new ArrayList<>();
    for (int index : chosen(scales)) {
      recorders.add(new Recorder(index, scales[index], multiples, contenders, steps, answered));
    }
    ParameterLayout layout = objective.layout();
    List<Watched<?>> watched = new ArrayList<>();
    contenders.forEach(contender -> watched.add(Watched.of(contender.optimizer(), layout)));
    Descent run = Descent.start(objective, leader);
    for (int t = 0; t < steps; t++) {
      float[] gradient = run.gradient().clone();
      for (int k = 0; k < watched.size(); k++) {
        if (t < answered) {
          ask(watched.get(k), gradient, recorders, k, t);
        }
        float[] update = watched.get(k).follow(Point.of(t, gradient));
        for (Recorder recorder : recorders) {
          recorder.updates[k][t] = shortest(update[recorder.index]);
        }
      }
      for (Recorder recorder : recorders) {
        recorder.gradients[t] = shortest(gradient[recorder.index]);
      }
      run.advance();
      progress.accept(t + 1);
    }
    return new UpdateTrace(multiples, recorders.stream().map(r -> r.result(layout)).toList());
  }

  /// Asks for all coordinates at once, which they do not notice.
  private static void ask(
      Watched<?> watched, float[] gradient, List<Recorder> recorders, int k, int t) {
    float[] asked = gradient.clone();
    for (int g = 0; g < recorders.getFirst().multiples.length; g++) {
      for (Recorder recorder : recorders) {
        asked[recorder.index] = (float) (recorder.multiples[g] * recorder.scale);
      }
      float[] update = watched.answer(Point.of(t, asked));
      for (Recorder recorder : recorders) {
        recorder.answers[k][t][g] = shortest(update[recorder.index]);
      }
    }
  }

  /// The root mean square of each coordinate's gradients in a run, `[N]`.
  private static double[] scales(Objective objective, Optimizer<?> leader, int steps) {
    Descent run = Descent.start(objective, leader);
    double[] scales = new double[objective.layout().size()];
    for (int t = 0; t < steps; t++) {
      for (int i = 0; i < scales.length; i++) {
        scales[i] += (double) run.gradient()[i] * run.gradient()[i] / steps;
      }
      run.advance();
      if (!run.isFinite()) {
        throw new ArithmeticException("the run diverges at step " + run.draws());
      }
    }
    for (int i = 0; i < scales.length; i++) {
      scales[i] = Math.sqrt(scales[i]);
    }
    return scales;
  }

  private static List<Integer> chosen(double[] scales) {
    List<Integer> sorted =
        IntStream.range(0, scales.length)
            .filter(i -> scales[i] > 0)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> scales[i]))
            .toList();
    if (sorted.isEmpty()) {
      throw new ArithmeticException("all gradients are 0");
    }
    return RANKS.stream().map(rank -> sorted.get((int) (rank * sorted.size()))).distinct().toList();
  }

  /// The double with the fewest digits that is this float, so that files stay small.
  private static double shortest(float value) {
    return Double.parseDouble(Float.toString(value));
  }

  /// An optimizer with a state of its own, which sees the gradients of the run.
  private record Watched<S extends OptimizerState>(
      Optimizer<S> optimizer, S state, S scratch, float[] update) {

    static <S extends OptimizerState> Watched<S> of(
        Optimizer<S> optimizer, ParameterLayout layout) {
      return new Watched<>(
          optimizer, optimizer.start(layout), optimizer.start(layout), new float[layout.size()]);
    }

    float[] answer(Point at) {
      scratch.copyFrom(state);
      optimizer.update(at, scratch, update);
      return update;
    }

    float[] follow(Point at) {
      optimizer.update(at, state, update);
      return update;
    }
  }

  /// Collects what is seen of one coordinate.
  private static final class Recorder {
    private final int index;
    private final double scale;
    private final double[] multiples; // [G]
    private final List<Contender> contenders;
    private final double[] gradients; // [T]
    private final double[][] updates; // [contenders][T]
    private final double[][][] answers; // [contenders][A][G]

    Recorder(
        int index,
        double scale,
        double[] multiples,
        List<Contender> contenders,
        int steps,
        int answered) {
      this.index = index;
      this.scale = scale;
      this.multiples = multiples;
      this.contenders = contenders;
      this.gradients = new double[steps];
      this.updates = new double[contenders.size()][steps];
      this.answers = new double[contenders.size()][answered][multiples.length];
    }

    Coordinate result(ParameterLayout layout) {
      List<Proposals> proposals = new ArrayList<>();
      for (int k = 0; k < contenders.size(); k++) {
        proposals.add(Proposals.of(contenders.get(k).name(), updates[k], answers[k]));
      }
      return new Coordinate(index, block(layout), scale, gradients, List.copyOf(proposals));
    }

    private String block(ParameterLayout layout) {
      int end = 0;
      for (ParameterLayout.Block block : layout.blocks()) {
        end += block.size();
        if (index < end) {
          return block.name();
        }
      }
      throw new IllegalArgumentException("no block holds coordinate " + index);
    }
  }
}
