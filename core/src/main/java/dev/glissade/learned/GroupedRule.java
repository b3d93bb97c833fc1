package dev.glissade.learned;

import dev.glissade.Coupling;
import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.ParameterLayout.Block;
import dev.glissade.ParameterLayout.Slice;
import dev.glissade.Point;
import dev.glissade.learned.Grouped.Part;
import dev.glissade.learned.Grouped.State;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A [Grouped] architecture bound to its weights.
///
/// @param groups which blocks are whose; the others are the last rule's
/// @param members one for each group, and one for the rest
/// @param coupling what they mix
record GroupedRule(List<Group> groups, List<Member> members, Coupling coupling)
    implements DifferentiableRule<State> {

  /// The rule of a group.
  ///
  /// @param rule with its weights
  /// @param offset where its weights start inside φ
  /// @param end where they end; a hand-designed rule has none
  record Member(Optimizer<OptimizerState> rule, int offset, int end) {

    boolean isLearned() {
      return end > offset;
    }

    /// A weight gradient for this rule alone, to be added by [#add].
    float[] weightGradient() {
      return new float[end - offset];
    }

    void add(float[] own, float[] weightGradient) {
      for (int i = 0; i < own.length; i++) {
        weightGradient[offset + i] += own[i];
      }
    }
  }

  @Override
  public State start(ParameterLayout layout) {
    List<Part> parts = new ArrayList<>();
    for (int g = 0; g < members.size(); g++) {
      int group = g;
      List<Slice> slices =
          layout.slices().stream()
              .filter(slice -> groupOf(Grouped.ungrouped(slice.block(), layout)) == group)
              .toList();
      if (!slices.isEmpty()) {
        parts.add(part(group, slices));
      }
    }
    return new State(parts);
  }

  private int groupOf(Block block) {
    for (int g = 0; g < groups.size(); g++) {
      if (groups.get(g).blocks().matches(block)) {
        return g;
      }
    }
    return groups.size();
  }

  private Part part(int group, List<Slice> slices) {
    ParameterLayout layout = new ParameterLayout(slices.stream().map(Slice::block).toList());
    CoordinateRanges ranges =
        new CoordinateRanges(
            slices.stream().mapToInt(Slice::offset).toArray(),
            slices.stream().mapToInt(Slice::size).toArray());
    int size = layout.size();
    return new Part(
        group,
        layout,
        ranges,
        members.get(group).rule.start(layout),
        new float[size],
        new float[size],
        new float[size]);
  }

  @Override
  public void update(Point at, State state, float[] update) {
    for (Part part : state.parts()) {
      members.get(part.group()).rule.update(seenBy(part, at), part.state(), part.update());
      part.ranges().scatter(part.update(), update);
    }
  }

  private static Point seenBy(Part part, Point at) {
    part.ranges().gather(at.parameters(), part.parameters());
    part.ranges().gather(at.gradient(), part.gradient());
    return new Point.Known(at.step(), at.loss(), part.parameters(), part.gradient());
  }

  @Override
  public boolean keepsStates() {
    return members.stream()
        .anyMatch(it -> it.isLearned() && Erased.differentiable(it.rule).keepsStates());
  }

  @Override
  public void backward(State start, Unroll unroll, float[] weightGradient) {
    backward(List.of(start), unroll, weightGradient);
  }

  @Override
  public void backward(List<State> states, Unroll unroll, float[] weightGradient) {
    for (int p = 0; p < states.getFirst().parts().size(); p++) {
      int index = p;
      Part part = states.getFirst().parts().get(p);
      List<OptimizerState> its =
          states.stream().map(state -> state.parts().get(index).state()).toList();
      Member member = members.get(part.group());
      Unroll own = unroll.restrict(part.layout(), part.ranges());
      if (member.isLearned() && own.coordinates().length > 0) {
        float[] ownGradient = member.weightGradient();
        Erased.differentiable(member.rule).backward(its, own, ownGradient);
        member.add(ownGradient, weightGradient);
      }
    }
  }

  @Override
  public void backwardStep(
      State before, Point at, Cotangent<State> cotangent, float[] weightGradient) {
    Arrays.fill(cotangent.gradient(), 0); // nothing comes back through a rule that is not learned
    for (int p = 0; p < before.parts().size(); p++) {
      Part part = before.parts().get(p);
      Member member = members.get(part.group());
      if (member.isLearned()) {
        float[] update = new float[part.layout().size()];
        part.ranges().gather(cotangent.update(), update);
        OptimizerState state = cotangent.state().parts().get(p).state();
        Cotangent<OptimizerState> own = new Cotangent<>(update, state, new float[update.length]);
        float[] ownGradient = member.weightGradient();
        Erased.differentiable(member.rule)
            .backwardStep(part.state(), seenBy(part, at), own, ownGradient);
        part.ranges().scatter(own.gradient(), cotangent.gradient());
        member.add(ownGradient, weightGradient);
      }
    }
  }
}
