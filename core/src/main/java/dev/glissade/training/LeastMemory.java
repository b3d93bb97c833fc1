package dev.glissade.training;

import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.learned.DifferentiableRule;
import java.util.Collections;
import java.util.List;

/// The memory that a training takes at least, so that one that cannot fit is not begun.
public final class LeastMemory {

  /// Vectors of N numbers that an episode has in any case: the start, θ, the gradient, the update.
  private static final int VECTORS = 4;

  /// A number of coordinates for which it does not matter that states are rounded up to blocks.
  private static final int ROOMY = 4096;

  private LeastMemory() {}

  /// The bytes of the objectives of one episode, of what is kept of an unroll, and of the curves of
  /// a validation. What objectives hold besides their starts, such as data, is not known and not
  /// counted.
  public static double bytes(MetaTraining training) {
    double floats = training.episodes().batch() * floatsOfObjective(training);
    return Float.BYTES * floats + training.scoring().leastBytes();
  }

  private static double floatsOfObjective(MetaTraining training) {
    ParameterLayout one = training.varied().layout();
    int copies = Math.ceilDiv(ROOMY, one.size());
    List<ParameterLayout.Block> blocks =
        Collections.nCopies(copies, one.blocks()).stream().flatMap(List::stream).toList();
    ParameterLayout layout = new ParameterLayout(blocks);
    Optimizer<?> rule = training.family().with(training.initialWeights());
    OptimizerState state = rule.start(layout);
    long size = layout.size();
    long remembered = state.arrays().stream().mapToLong(array -> array.length).sum();
    boolean keepsStates = rule instanceof DifferentiableRule<?> it && it.keepsStates();
    long kept = training.estimator().floatsKept(size, remembered, keepsStates);
    return (double) (VECTORS * size + remembered + kept) / copies;
  }
}
