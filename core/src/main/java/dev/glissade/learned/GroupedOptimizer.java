package dev.glissade.learned;

import dev.glissade.LearnedOptimizer.Backpropagatable;
import dev.glissade.LearnedOptimizer.DifferentiableRule;
import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.ParameterLayout.Block;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/// Different rules for different blocks of the parameters: one LSTM for convolutional weights and
/// another for all else, as in the paper's section 3.3, or a learned rule beside a hand-designed
/// one.
///
/// Each block goes to the first group whose pattern is found in its name. φ is the weights of the
/// learned groups, one after the other; they are trained together.
///
/// @param groups at least one; the last should match everything
public record GroupedOptimizer(List<Group> groups)
    implements Backpropagatable<GroupedOptimizer.State> {

  /// A rule and the blocks that it is for.
  ///
  /// @param name prefix of its blocks in φ
  /// @param blocks searched for in the names of the blocks of θ
  /// @param rule the rule
  public record Group(String name, Pattern blocks, Rule<?> rule) {}

  /// A rule of a group.
  ///
  /// @param <S> its state
  public sealed interface Rule<S extends OptimizerState> {

    /// A learned rule: its weights are part of φ.
    record Learned<S extends OptimizerState>(Backpropagatable<S> family) implements Rule<S> {}

    /// A rule that stays as it is. No derivative goes back through it.
    record Fixed<S extends OptimizerState>(Optimizer<S> optimizer) implements Rule<S> {}
  }

  /// The states of the groups.
  ///
  /// @param parts one for each group, in order
  public record State(List<Part> parts) implements OptimizerState {
    @Override
    public List<float[]> arrays() {
      return parts.stream().flatMap(part -> part.state.arrays().stream()).toList();
    }
  }

  /// The coordinates of a group, the state of its rule, and room to work in.
  ///
  /// @param ranges where its blocks lie inside θ
  /// @param state of its rule
  /// @param gradient its coordinates of the gradient, `float[n]`
  /// @param update its coordinates of the update, `float[n]`
  record Part(CoordinateRanges ranges, OptimizerState state, float[] gradient, float[] update) {}

  public GroupedOptimizer {
    groups = List.copyOf(groups);
    if (groups.isEmpty()) {
      throw new IllegalArgumentException("at least one group is needed");
    }
    if (groups.stream().noneMatch(group -> group.rule instanceof Rule.Learned<?>)) {
      throw new IllegalArgumentException("at least one group must have a learned rule");
    }
  }

  @Override
  public ParameterLayout layout() {
    List<Block> blocks = new ArrayList<>();
    for (Group group : groups) {
      if (group.rule instanceof Rule.Learned<?>(Backpropagatable<?> family)) {
        for (Block block : family.layout().blocks()) {
          blocks.add(new Block(group.name + "/" + block.name(), block.shape()));
        }
      }
    }
    return new ParameterLayout(blocks);
  }

  @Override
  public float[] initialWeights(long seed) {
    float[] weights = new float[layout().size()];
    int offset = 0;
    for (int g = 0; g < groups.size(); g++) {
      if (groups.get(g).rule instanceof Rule.Learned<?>(Backpropagatable<?> family)) {
        float[] own = family.initialWeights(seed + g);
        System.arraycopy(own, 0, weights, offset, own.length);
        offset += own.length;
      }
    }
    return weights;
  }

  @Override
  public DifferentiableRule<State> with(float[] weights) {
    int size = layout().size();
    if (weights.length != size) {
      throw new IllegalArgumentException(
          "the groups have %d weights, got %d".formatted(size, weights.length));
    }
    List<Optimizer<?>> rules = new ArrayList<>();
    int[] offsets = new int[groups.size() + 1];
    for (int g = 0; g < groups.size(); g++) {
      Rule<?> rule = groups.get(g).rule;
      offsets[g + 1] = offsets[g] + weightCount(rule);
      rules.add(bind(rule, Arrays.copyOfRange(weights, offsets[g], offsets[g + 1])));
    }
    return new GroupedRule(groups, rules, offsets);
  }

  private static Optimizer<?> bind(Rule<?> rule, float[] weights) {
    return switch (rule) {
      case Rule.Learned<?>(Backpropagatable<?> family) -> family.with(weights);
      case Rule.Fixed<?>(Optimizer<?> optimizer) -> optimizer;
    };
  }

  private static int weightCount(Rule<?> rule) {
    return switch (rule) {
      case Rule.Learned<?>(Backpropagatable<?> family) -> family.layout().size();
      case Rule.Fixed<?> _ -> 0;
    };
  }
}
