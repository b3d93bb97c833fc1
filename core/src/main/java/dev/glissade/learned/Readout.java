package dev.glissade.learned;

import dev.glissade.Descent;
import dev.glissade.Objective;
import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.Point;
import dev.glissade.Seeds;
import dev.glissade.internal.kernel.LstmState;
import dev.glissade.learned.Grouped.Part;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;

/// The outputs of LSTMs that correct a rule, fitted to another optimizer by least squares: the
/// gates stay as they are, and only what is read out of the last layer is learned.
///
/// The other optimizer makes the steps. At each of them, and at some coordinates of each network,
/// the logarithm of its update over the corrected rule's own is what the network should say; the
/// hidden states of the last layer, and 1, are what it can be made of. That is a linear problem
/// with one solution, in any order of the steps, where a descent along a run follows the teacher
/// from its beginning to its end and forgets. Logarithms, so that updates that are a tenth of the
/// teacher's are as wrong as those that are ten times as large.
///
/// Coordinates at which the two disagree about the direction do not count, so the teacher should be
/// a variant of the rule that is corrected.
///
/// Reference: H. Jaeger, *The "echo state" approach to analysing and training recurrent neural
/// networks*, GMD Report 148, 2001.
public final class Readout {

  /// Coordinates of each network that a step is learned from.
  private static final int SAMPLES = 32;

  private static final String OUTPUT = "output/weights";

  /// Weight of the squared weights, for each sample.
  private static final double RIDGE = 1e-5;

  private final Architecture<?> architecture;
  private final float[] weights; // φ, with outputs of 0
  private final RandomGenerator random;
  private final Map<String, NormalEquations> equations = new TreeMap<>(); // by group

  private Readout(Architecture<?> architecture, float[] weights, RandomGenerator random) {
    this.architecture = architecture;
    this.weights = weights;
    this.random = random;
  }

  /// Fits the outputs of an architecture to a teacher.
  ///
  /// @param architecture a [Corrected] rule with an [Lstm] of at least one layer and without global
  ///   cells, or a [Grouped] one of such
  /// @param seed of the gates and of the coordinates
  /// @param teacher makes the steps
  /// @param objectives on each of which it makes a run
  /// @param steps of a run, ≥ 1
  /// @param progress is told how many steps were made
  /// @return φ: random gates, the fitted outputs, and no schedule
  /// @throws IllegalArgumentException if the architecture is another one
  /// @throws IllegalStateException if no update of the teacher could be learned from
  public static float[] fit(
      Architecture<?> architecture,
      long seed,
      Optimizer<?> teacher,
      List<Objective> objectives,
      int steps,
      LongConsumer progress) {
    if (steps < 1) {
      throw new IllegalArgumentException("steps must be >= 1, got " + steps);
    }
    check(architecture);
    Readout readout =
        new Readout(
            architecture,
            architecture.initialWeights(seed), // with which each network is silent
            Seeds.stream(seed, "readout/coordinates", 0));
    long made = 0;
    for (Objective objective : objectives) {
      Descent run = Descent.start(objective, readout.watched(teacher, objective.layout()));
      for (int t = 0; t < steps; t++) {
        run.advance();
        progress.accept(++made);
      }
    }
    return readout.solve();
  }

  /// Makes sure that an architecture has outputs that can be fitted.
  ///
  /// @throws IllegalArgumentException if not
  public static void check(Architecture<?> architecture) {
    networks(architecture).values().forEach(Readout::lstm);
  }

  /// The rules with networks, by what stands before the names of their blocks.
  private static Map<String, Architecture<?>> networks(Architecture<?> architecture) {
    return architecture instanceof Grouped grouped ? grouped.learned() : Map.of("", architecture);
  }

  private static Lstm lstm(Architecture<?> architecture) {
    if (architecture instanceof Corrected corrected
        && corrected.network() instanceof Lstm lstm
        && lstm.layers() > 0
        && lstm.globalCells() == 0
        && lstm.output() == Lstm.Output.LINEAR) {
      return lstm;
    }
    throw new IllegalArgumentException(
        "only the linear outputs of LSTMs that correct a rule can be fitted, got "
            + architecture.summary());
  }

  private Optimizer<?> watched(Optimizer<?> teacher, ParameterLayout layout) {
    Optimizer<OptimizerState> silent = Erased.rule(architecture.with(weights));
    OptimizerState state = silent.start(layout);
    float[] own = new float[layout.size()];
    return new Watched<>(teacher, silent, state, own, new Lessons(state, own));
  }

  /// The weights φ with the outputs that solve the equations. A group that has no coordinate on
  /// these objectives stays silent.
  private float[] solve() {
    if (equations.isEmpty()) {
      throw new IllegalStateException(
          "the teacher made no update in the direction of the rule that is corrected: name a teacher"
              + " of its kind");
    }
    float[] solved = weights.clone();
    equations.forEach((prefix, own) -> {
      double[] outputs = own.solve(RIDGE);
      for (int i = 0; i < outputs.length; i++) {
        solved[outputOf(prefix) + i] = (float) outputs[i]; // the offset comes last
      }
    });
    return solved;
  }

  /// Where the output's weights of a network begin inside φ.
  private int outputOf(String prefix) {
    return architecture.layout().slices().stream()
        .filter(slice -> slice.block().name().equals(prefix + OUTPUT))
        .findFirst()
        .orElseThrow()
        .offset();
  }

  /// What is learned on one objective from a teacher that a silent pupil watches.
  private final class Lessons {
    private final OptimizerState state; // of the pupil
    private final float[] own; // [N], the update of the rule that is corrected
    private final Set<String> learned = networks(architecture).keySet(); // others are fixed

    Lessons(OptimizerState state, float[] own) {
      this.state = state;
      this.own = own;
    }

    /// Learns from a step.
    ///
    /// @param wanted the teacher's update, `float[N]`
    void learn(float[] wanted) {
      if (architecture instanceof Grouped grouped) {
        for (Part part : ((Grouped.State) state).parts()) {
          String prefix = grouped.prefix(part.group());
          if (learned.contains(prefix)) {
            learn(prefix, part.state(), part.ranges(), wanted);
          }
        }
      } else {
        learn("", state, CoordinateRanges.all(own.length), wanted);
      }
    }

    private void learn(
        String prefix, OptimizerState corrected, CoordinateRanges ranges, float[] wanted) {
      LstmState lstm = ((Corrected.State) corrected).network(LstmMemory.class).lstm();
      int last = lstm.shape().layers() - 1;
      int hidden = lstm.shape().hidden();
      int[] narrow = random.ints(SAMPLES, 0, ranges.size()).sorted().toArray();
      int[] wide = ranges.wide(narrow);
      double scale = lstm.shape().outputScale();
      double[] features = new double[hidden + 1];
      features[hidden] = scale;
      for (int i = 0; i < narrow.length; i++) {
        double ratio = (double) wanted[wide[i]] / own[wide[i]];
        if (ratio > 0 && ratio < Double.POSITIVE_INFINITY) {
          for (int h = 0; h < hidden; h++) {
            features[h] = scale * lstm.values()[lstm.hiddenIndex(last, h, narrow[i])];
          }
          equations
              .computeIfAbsent(prefix, _ -> new NormalEquations(hidden + 1))
              .add(features, Math.log(ratio));
        }
      }
    }
  }

  /// A teacher that a pupil watches: it sees the same points, and moves nothing.
  ///
  /// @param state of the pupil
  /// @param own `float[N]`, receives the pupil's updates
  /// @param lessons is given the teacher's
  @SuppressWarnings("ArrayRecordComponent") // written to
  private record Watched<S extends OptimizerState>(
      Optimizer<S> teacher,
      Optimizer<OptimizerState> pupil,
      OptimizerState state,
      float[] own,
      Lessons lessons)
      implements Optimizer<S> {

    @Override
    public S start(ParameterLayout layout) {
      return teacher.start(layout);
    }

    @Override
    public void update(Point at, S teachers, float[] update) {
      pupil.update(at, state, own);
      teacher.update(at, teachers, update);
      lessons.learn(update);
    }
  }
}
