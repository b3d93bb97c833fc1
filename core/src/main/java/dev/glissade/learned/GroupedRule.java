package dev.glissade.learned;

import dev.glissade.LearnedOptimizer.DifferentiableRule;
import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.ParameterLayout.Block;
import dev.glissade.Point;
import dev.glissade.learned.GroupedOptimizer.Group;
import dev.glissade.learned.GroupedOptimizer.Part;
import dev.glissade.learned.GroupedOptimizer.State;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A [GroupedOptimizer] bound to its weights.
///
/// @param groups which blocks are whose
/// @param rules one for each group
/// @param offsets where the weights of each group start inside φ, and where the last ones end
record GroupedRule(List<Group> groups, List<Optimizer<?>> rules, int[] offsets)
    implements DifferentiableRule<State> {

  @Override
  public State start(ParameterLayout layout) {
    List<List<Block>> blocks = new ArrayList<>();
    List<List<Integer>> starts = new ArrayList<>();
    for (int g = 0; g < groups.size(); g++) {
      blocks.add(new ArrayList<>());
      starts.add(new ArrayList<>());
    }
    int offset = 0;
    for (Block block : layout.blocks()) {
      int g = groupOf(block);
      blocks.get(g).add(block);
      starts.get(g).add(offset);
      offset += block.size();
    }
    List<Part> parts = new ArrayList<>();
    for (int g = 0; g < groups.size(); g++) {
      parts.add(part(rules.get(g), blocks.get(g), starts.get(g)));
    }
    return new State(List.copyOf(parts));
  }

  private int groupOf(Block block) {
    for (int g = 0; g < groups.size(); g++) {
      if (groups.get(g).blocks().matcher(block.name()).find()) {
        return g;
      }
    }
    throw new IllegalArgumentException(
        "no group is for the block '%s': let the last group match everything"
            .formatted(block.name()));
  }

  private static Part part(Optimizer<?> rule, List<Block> blocks, List<Integer> starts) {
    CoordinateRanges ranges =
        new CoordinateRanges(
            starts.stream().mapToInt(i -> i).toArray(),
            blocks.stream().mapToInt(Block::size).toArray());
    OptimizerState state =
        blocks.isEmpty() ? new OptimizerState.Empty() : rule.start(new ParameterLayout(blocks));
    return new Part(ranges, state, new float[ranges.size()], new float[ranges.size()]);
  }

  @Override
  public void update(Point at, State state, float[] update) {
    for (int g = 0; g < rules.size(); g++) {
      Part part = state.parts().get(g);
      if (part.gradient().length > 0) {
        part.ranges().gather(at.gradient(), part.gradient());
        update(at.step(), rules.get(g), part);
        part.ranges().scatter(part.update(), update);
      }
    }
  }

  @Override
  public void backward(
      State start,
      float[][] gradients,
      float[] multipliers,
      int[] coordinates,
      float[] weightGradient) {
    for (int g = 0; g < rules.size(); g++) {
      Part part = start.parts().get(g);
      int[] own = part.ranges().narrow(coordinates);
      if (own.length > 0 && rules.get(g) instanceof DifferentiableRule<?> rule) {
        float[][] ownGradients = new float[gradients.length][part.ranges().size()];
        for (int t = 0; t < gradients.length; t++) {
          part.ranges().gather(gradients[t], ownGradients[t]);
        }
        float[] ownWeightGradient = new float[offsets[g + 1] - offsets[g]];
        backward(rule, part, ownGradients, multipliers, own, ownWeightGradient);
        addAt(offsets[g], ownWeightGradient, weightGradient);
      }
    }
  }

  @Override
  public void backwardStep(
      State start,
      float[] gradient,
      float[] updateGradient,
      State stateGradient,
      float[] weightGradient,
      float[] gradientGradient) {
    Arrays.fill(gradientGradient, 0); // nothing comes back through a rule that is not learned
    for (int g = 0; g < rules.size(); g++) {
      Part part = start.parts().get(g);
      if (part.gradient().length > 0 && rules.get(g) instanceof DifferentiableRule<?> rule) {
        int size = part.ranges().size();
        float[] ownGradient = new float[size];
        float[] ownUpdateGradient = new float[size];
        float[] ownGradientGradient = new float[size];
        part.ranges().gather(gradient, ownGradient);
        part.ranges().gather(updateGradient, ownUpdateGradient);
        float[] ownWeightGradient = new float[offsets[g + 1] - offsets[g]];
        backwardStep(
            rule,
            part,
            ownGradient,
            ownUpdateGradient,
            stateGradient.parts().get(g),
            ownWeightGradient,
            ownGradientGradient);
        part.ranges().scatter(ownGradientGradient, gradientGradient);
        addAt(offsets[g], ownWeightGradient, weightGradient);
      }
    }
  }

  private static void addAt(int offset, float[] from, float[] to) {
    for (int i = 0; i < from.length; i++) {
      to[offset + i] += from[i];
    }
  }

  // A part's state was made by the rule of the same group, of this φ or another: its type fits.

  @SuppressWarnings("unchecked")
  private static <S extends OptimizerState> void update(long step, Optimizer<S> rule, Part part) {
    rule.update(Point.of(step, part.gradient()), (S) part.state(), part.update());
  }

  @SuppressWarnings("unchecked")
  private static <S extends OptimizerState> void backward(
      DifferentiableRule<S> rule,
      Part start,
      float[][] gradients,
      float[] multipliers,
      int[] coordinates,
      float[] weightGradient) {
    rule.backward((S) start.state(), gradients, multipliers, coordinates, weightGradient);
  }

  @SuppressWarnings("unchecked")
  private static <S extends OptimizerState> void backwardStep(
      DifferentiableRule<S> rule,
      Part start,
      float[] gradient,
      float[] updateGradient,
      Part stateGradient,
      float[] weightGradient,
      float[] gradientGradient) {
    rule.backwardStep(
        (S) start.state(),
        gradient,
        updateGradient,
        (S) stateGradient.state(),
        weightGradient,
        gradientGradient);
  }
}
