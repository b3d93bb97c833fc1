package dev.glissade.learned;

import dev.glissade.Coupling;
import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.ParameterLayout.Block;
import dev.glissade.file.JsonObject;
import dev.glissade.learned.Group.Fixed;
import dev.glissade.learned.Group.GroupRule;
import dev.glissade.learned.Group.Learned;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Different rules for different blocks of the parameters: one LSTM for convolutional weights and
/// another for all else, as in the paper's section 3.3, or a learned rule for some and a
/// hand-designed one for others.
///
/// Each block goes to the first group that it matches; if it is one of a grouped rule's weights, by
/// its name without its group's. φ is the weights of the learned rules, one after the other, with
/// the names of the groups before those of their blocks; they are trained together.
///
/// @param groups at least one
/// @param rest the rule of the blocks that are in no group
public record Grouped(List<Group> groups, Architecture<?> rest)
    implements Architecture<Grouped.State> {

  static final String KIND = "grouped";

  /// What stands between the name of a group and those of its blocks.
  private static final String SEPARATOR = "/";

  /// The states of the groups' rules.
  public static final class State implements OptimizerState {
    private final List<Part> parts;

    State(List<Part> parts) {
      this.parts = List.copyOf(parts);
    }

    List<Part> parts() {
      return parts;
    }

    @Override
    public List<float[]> arrays() {
      return parts.stream().flatMap(part -> part.state().arrays().stream()).toList();
    }
  }

  /// The coordinates of a group, the state of its rule, and room to work in. A group without blocks
  /// has no part.
  ///
  /// @param group which, by its place among the rules
  /// @param layout of its blocks
  /// @param ranges where they lie inside θ
  /// @param state of its rule
  /// @param parameters θ there, `float[n]`
  /// @param gradient ∇f there, `float[n]`
  /// @param update there, `float[n]`
  @SuppressWarnings("ArrayRecordComponent") // live, as states are
  record Part(
      int group,
      ParameterLayout layout,
      CoordinateRanges ranges,
      OptimizerState state,
      float[] parameters,
      float[] gradient,
      float[] update) {}

  /// A rule and the name of its blocks in φ.
  private record Member(String name, GroupRule rule) {

    int weightCount() {
      return switch (rule) {
        case Learned(Architecture<?> architecture) -> architecture.layout().size();
        case Fixed _ -> 0;
      };
    }

    Optimizer<?> with(float[] weights) {
      return switch (rule) {
        case Learned(Architecture<?> architecture) -> architecture.with(weights);
        case Fixed fixed -> fixed.rule().optimizer();
      };
    }

    Coupling coupling() {
      return switch (rule) {
        case Learned(Architecture<?> architecture) -> architecture.coupling();
        case Fixed fixed -> fixed.rule().optimizer().coupling();
      };
    }

    Differentiability differentiability() {
      return switch (rule) {
        case Learned(Architecture<?> architecture) -> architecture.differentiability();
        case Fixed _ -> Differentiability.FIRST_ORDER;
      };
    }
  }

  public Grouped {
    groups = List.copyOf(groups);
    if (groups.isEmpty()) {
      throw new IllegalArgumentException("at least one group is needed");
    }
    List<String> names = groups.stream().map(Group::name).toList();
    if (names.stream().distinct().count() < names.size()) {
      throw new IllegalArgumentException("two groups have one name: " + names);
    }
  }

  /// The rules of all groups and of the rest, in the order of φ.
  private List<Member> members() {
    List<Member> members = new ArrayList<>();
    groups.forEach(group -> members.add(new Member(group.name(), group.rule())));
    members.add(new Member(Group.REST, new Learned(rest)));
    return members;
  }

  /// What stands before the names of the blocks of a group's rule, by its place among the rules.
  String prefix(int group) {
    return members().get(group).name + SEPARATOR;
  }

  /// The learned rules, in the order of φ, by what stands before the names of their blocks.
  Map<String, Architecture<?>> learned() {
    Map<String, Architecture<?>> learned = new LinkedHashMap<>();
    for (Member member : members()) {
      if (member.rule instanceof Learned(Architecture<?> architecture)) {
        learned.put(member.name + SEPARATOR, architecture);
      }
    }
    return learned;
  }

  @Override
  public ParameterLayout layout() {
    List<Block> blocks = new ArrayList<>();
    learned()
        .forEach((prefix, architecture) -> {
          for (Block block : architecture.layout().blocks()) {
            blocks.add(new Block(prefix + block.name(), block.shape()));
          }
        });
    return new ParameterLayout(blocks);
  }

  /// A block without the name of its group, if it is one of a grouped rule's weights: what a
  /// group's pattern is searched for in. Where such weights are what is optimised, a pattern that
  /// saw the names of their groups would take one with all that is in it.
  ///
  /// @param layout of all blocks; that of grouped weights has some of the rest
  static Block ungrouped(Block block, ParameterLayout layout) {
    boolean grouped =
        layout.blocks().stream().anyMatch(it -> it.name().startsWith(Group.REST + SEPARATOR));
    int end = block.name().indexOf(SEPARATOR);
    return grouped && end >= 0
        ? new Block(block.name().substring(end + SEPARATOR.length()), block.shape())
        : block;
  }

  @Override
  public float[] initialWeights(long seed) {
    float[] weights = new float[layout().size()];
    int offset = 0;
    List<Member> members = members();
    for (int g = 0; g < members.size(); g++) {
      if (members.get(g).rule instanceof Learned(Architecture<?> architecture)) {
        float[] own = architecture.initialWeights(seed + g);
        System.arraycopy(own, 0, weights, offset, own.length);
        offset += own.length;
      }
    }
    return weights;
  }

  @Override
  public DifferentiableRule<State> with(float[] weights) {
    Weights.require("the grouped rule", layout().size(), weights);
    List<GroupedRule.Member> rules = new ArrayList<>();
    int offset = 0;
    for (Member member : members()) {
      int end = offset + member.weightCount();
      Optimizer<?> rule = member.with(Arrays.copyOfRange(weights, offset, end));
      rules.add(new GroupedRule.Member(Erased.rule(rule), offset, end));
      offset = end;
    }
    return new GroupedRule(groups, rules, coupling());
  }

  /// The widest of what the rules mix. One that mixes all coordinates mixes those of its group
  /// only, but these are of several blocks.
  @Override
  public Coupling coupling() {
    return members().stream().map(Member::coupling).reduce(Coupling.COORDINATES, Coupling::and);
  }

  @Override
  public Differentiability differentiability() {
    return members().stream()
        .map(Member::differentiability)
        .reduce(Differentiability.EXACT, Differentiability::and);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public JsonObject settings() {
    return JsonObject.empty()
        .with("groups", groups.stream().map(Group::toJson).toList())
        .with("rest", rest.toJson());
  }

  static Grouped fromJson(JsonObject json, Architectures known) {
    return new Grouped(
        json.objects("groups").stream().map(group -> Group.fromJson(group, known)).toList(),
        known.read(json.object("rest")));
  }

  @Override
  public String summary() {
    return "%s, %s groups".formatted(rest.summary(), groups.size() + 1);
  }
}
