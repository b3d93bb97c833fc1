package dev.glissade.evaluation;

import dev.glissade.Descent;
import dev.glissade.Objective;
import dev.glissade.ParameterLayout;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/// What optimizers propose along one run, seen at two coordinates: their updates, and their answers
/// to other gradients than the one that came. The first optimizer makes the run; the others see the
/// same points and their proposals are not taken.
///
/// An answer for one coordinate is the update of that coordinate if its gradient alone were
/// another, and those of all others as they came.
///
/// Reference: M. Andrychowicz et al., *Learning to learn by gradient descent by gradient descent*,
/// NIPS 2016, appendix B.
///
/// @param multiples `[G]`, ascending: the other gradients, as multiples of a coordinate's scale
/// @param coordinates one in the middle of those that have gradients, by their size, and one of the
///   steepest tenth; a single one where there are no two
public record UpdateTrace(List<Double> multiples, List<Coordinate> coordinates) {

  /// The coordinates to look at, by rank among those that have gradients: from the flattest (0) to
  /// the steepest (1).
  private static final List<Double> RANKS = List.of(0.5, 0.9);

  public UpdateTrace {
    multiples = List.copyOf(multiples);
    coordinates = List.copyOf(coordinates);
  }

  /// What was seen at one coordinate.
  ///
  /// @param index in θ
  /// @param block of θ that it lies in
  /// @param scale the root mean square of its gradients
  /// @param gradients `[T]`, at steps 1 … T
  /// @param proposals one for each optimizer, in their order
  public record Coordinate(
      int index, String block, double scale, List<Double> gradients, List<Proposals> proposals) {

    public Coordinate {
      gradients = List.copyOf(gradients);
      proposals = List.copyOf(proposals);
    }
  }

  /// What one optimizer proposes for one coordinate.
  ///
  /// @param optimizer its name
  /// @param updates `[T]`, at steps 1 … T
  /// @param answers those of the steps at which it was asked
  /// @param size the root mean square of the updates
  /// @param smoothness the correlation of each update with the next: near 1 for long momentum, 0
  ///   for updates that have nothing to do with each other; NaN where the updates do not change
  public record Proposals(
      String optimizer,
      List<Double> updates,
      List<Answers> answers,
      double size,
      double smoothness) {

    public Proposals {
      updates = List.copyOf(updates);
      answers = List.copyOf(answers);
    }

    static Proposals of(String optimizer, List<Double> updates, List<Answers> answers) {
      double[] values = updates.stream().mapToDouble(update -> update).toArray();
      return new Proposals(
          optimizer, updates, answers, Statistics.rootMeanSquare(values), smoothness(values));
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

  /// What one optimizer would have done with one coordinate at one step.
  ///
  /// @param step counted from 1
  /// @param updates `[G]`, for each of the multiples: the update, had the gradient of that step
  ///   been this multiple of the coordinate's scale, after the same gradients before
  public record Answers(int step, List<Double> updates) {

    public Answers {
      updates = List.copyOf(updates);
    }
  }

  /// Traces a run of the first optimizer.
  ///
  /// @param contenders the one that makes the run first
  /// @param steps T, ≥ 1
  /// @param asked whether the optimizers are asked at a step, counted from 1
  /// @param multiples `[G]`, ascending
  /// @param progress is told the number of each step when it is done
  /// @throws ArithmeticException with one line, if the run diverges or has no gradients
  public static UpdateTrace of(
      Objective objective,
      List<Contender> contenders,
      int steps,
      IntPredicate asked,
      List<Double> multiples,
      IntConsumer progress) {
    Contender leader = contenders.getFirst();
    double[] scales = scales(objective, leader, steps);
    List<Integer> chosen = chosen(scales);
    List<Witness> witnesses =
        contenders.stream()
            .map(contender -> Witness.of(contender, objective.layout(), chosen, scales, multiples))
            .toList();
    List<List<Double>> gradients = Witness.lists(chosen.size());
    Descent run = Descent.start(objective, leader.optimizer());
    for (int t = 0; t < steps; t++) {
      show(run, witnesses, t + 1, asked.test(t + 1));
      for (int c = 0; c < chosen.size(); c++) {
        gradients.get(c).add(Witness.shortest(run.gradient()[chosen.get(c)]));
      }
      run.advance();
      progress.accept(t + 1);
    }
    List<Coordinate> coordinates =
        IntStream.range(0, chosen.size())
            .mapToObj(c -> {
              List<Proposals> proposals = witnesses.stream().map(w -> w.proposals(c)).toList();
              int index = chosen.get(c);
              String block = block(objective.layout(), index);
              return new Coordinate(index, block, scales[index], gradients.get(c), proposals);
            })
            .toList();
    return new UpdateTrace(multiples, coordinates);
  }

  private static void show(Descent run, List<Witness> witnesses, int step, boolean ask) {
    for (Witness witness : witnesses) {
      if (ask) {
        witness.ask(run, step);
      }
      witness.follow(run);
    }
  }

  private static String block(ParameterLayout layout, int index) {
    return layout.slices().stream()
        .filter(slice -> slice.offset() <= index && index < slice.end())
        .findFirst()
        .orElseThrow()
        .block()
        .name();
  }

  /// The root mean square of each coordinate's gradients in a run, `[N]`.
  private static double[] scales(Objective objective, Contender leader, int steps) {
    Descent run = Descent.start(objective, leader.optimizer());
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
}
