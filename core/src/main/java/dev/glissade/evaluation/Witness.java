package dev.glissade.evaluation;

import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.Point;
import dev.glissade.evaluation.UpdateTrace.Answers;
import dev.glissade.evaluation.UpdateTrace.Proposals;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// An optimizer with a state of its own, which sees the points of a run and says what it would do
/// there with some of the coordinates.
final class Witness {

  private final String name;
  private final Member<?> member;
  private final List<Seen> coordinates;
  private final List<Double> multiples;
  private final float[] update; // [N]

  private Witness(
      String name,
      Member<?> member,
      List<Seen> coordinates,
      List<Double> multiples,
      float[] update) {
    this.name = name;
    this.member = member;
    this.coordinates = coordinates;
    this.multiples = multiples;
    this.update = update;
  }

  /// @param chosen the coordinates that are looked at
  /// @param scales of all coordinates, `[N]`
  /// @param multiples of these scales, as gradients to be asked for
  static Witness of(
      Contender contender,
      ParameterLayout layout,
      List<Integer> chosen,
      double[] scales,
      List<Double> multiples) {
    return new Witness(
        contender.name(),
        Member.start(contender.optimizer(), layout),
        chosen.stream().map(index -> new Seen(index, scales[index])).toList(),
        multiples,
        new float[layout.size()]);
  }

  /// A coordinate and what was said about it so far.
  private record Seen(int index, double scale, List<Double> updates, List<Answers> answers) {
    Seen(int index, double scale) {
      this(index, scale, new ArrayList<>(), new ArrayList<>());
    }
  }

  /// An optimizer with a state of its type, and another to try things out.
  private record Member<S extends OptimizerState>(Optimizer<S> optimizer, S state, S scratch) {

    static <S extends OptimizerState> Member<S> start(
        Optimizer<S> optimizer, ParameterLayout layout) {
      return new Member<>(optimizer, optimizer.start(layout), optimizer.start(layout));
    }

    void answer(Point at, float[] update) {
      scratch.copyFrom(state);
      optimizer.update(at, scratch, update);
    }

    void follow(Point at, float[] update) {
      optimizer.update(at, state, update);
    }
  }

  /// Makes a step with the gradient that came.
  void follow(Point at) {
    member.follow(at, update);
    for (Seen seen : coordinates) {
      seen.updates.add(shortest(update[seen.index]));
    }
  }

  /// Asks for other gradients; an optimizer that mixes no coordinates does not notice that it is
  /// asked for all of them at once.
  ///
  /// @param step counted from 1
  void ask(Point at, int step) {
    switch (member.optimizer.coupling()) {
      case COORDINATES -> ask(at, step, coordinates);
      case BLOCKS, ALL -> coordinates.forEach(seen -> ask(at, step, List.of(seen)));
    }
  }

  private void ask(Point at, int step, List<Seen> asked) {
    List<List<Double>> answers = lists(asked.size());
    float[] gradient = at.gradient().clone();
    for (double multiple : multiples) {
      for (Seen seen : asked) {
        gradient[seen.index] = (float) (multiple * seen.scale);
      }
      member.answer(at.withGradient(gradient), update);
      for (int c = 0; c < asked.size(); c++) {
        answers.get(c).add(shortest(update[asked.get(c).index]));
      }
    }
    for (int c = 0; c < asked.size(); c++) {
      asked.get(c).answers.add(new Answers(step, answers.get(c)));
    }
  }

  /// All that was said about the coordinate at this place of those chosen.
  Proposals proposals(int place) {
    Seen seen = coordinates.get(place);
    return Proposals.of(name, seen.updates, seen.answers);
  }

  /// Makes a list of so many empty lists.
  static List<List<Double>> lists(int count) {
    return Stream.generate(() -> (List<Double>) new ArrayList<Double>()).limit(count).toList();
  }

  /// The double with the fewest digits that is this float, so that files stay small.
  static double shortest(float value) {
    return Double.parseDouble(Float.toString(value));
  }
}
