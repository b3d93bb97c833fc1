package dev.glissade.app.catalog;

import dev.glissade.BlockFilter;
import dev.glissade.learned.Architecture;
import dev.glissade.learned.Corrected;
import dev.glissade.learned.Group;
import dev.glissade.learned.Group.GroupRule;
import dev.glissade.learned.Grouped;
import dev.glissade.learned.Lstm;
import dev.glissade.learned.QuasiNewton;
import dev.glissade.learned.Secants;
import dev.glissade.learned.Smoothed;
import dev.glissade.optimizer.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// An architecture as the command line describes it: one network, the form of the rules that it is
/// part of, perhaps groups of blocks with networks or rules of their own.
///
/// Architectures are an open tree, of which options can only describe a part. To change one by
/// options, `train` describes it, changes the description, and builds an architecture from that.
///
/// @param network the LSTM of every learned rule
/// @param form what its output is to an update
/// @param groups which blocks have a rule of their own; empty if one serves all
/// @param halfDecades of steps that the schedules of corrected rules have pieces for
public record ArchitectureText(Lstm network, Form form, List<GroupText> groups, int halfDecades) {

  /// The form of a group: its name, the pattern of its blocks, and `:` or `+` with a rule, if any.
  private static final Pattern GROUP =
      Pattern.compile("([a-z][a-z0-9-]*)=([^;\\s]+?)(?:([:+])([a-z]+(?:\\+[a-z]+)?=[^;:+]+))?");

  /// What the output of a network is to an update.
  public sealed interface Form {}

  /// A network whose output is the whole update.
  public record Whole() implements Form {}

  /// A network that corrects a hand-designed rule.
  public record Correction(Rule base) implements Form {}

  /// A network that scales the initial inverse Hessian of a quasi-Newton rule.
  ///
  /// @param memory how many pairs the rule keeps, ≥ 1
  /// @param secants which of them bind it
  public record Curvature(int memory, Secants secants) implements Form {}

  /// A rule of another form in smoothed coordinates.
  ///
  /// @param rule the other form
  /// @param grids the blocks that are smoothed
  public record Smooth(Form rule, BlockFilter grids) implements Form {}

  /// A group of blocks that are updated alike.
  ///
  /// @param name of the group, which is part of the names of its weights
  /// @param blocks which are in it
  /// @param rule what updates them
  public record GroupText(String name, BlockFilter blocks, RuleText rule) {}

  /// The rule of a group: a network of the group's own, or a hand-designed rule.
  public sealed interface RuleText {}

  /// A network of the group's own, of the same form as all others and with weights of its own.
  ///
  /// @param form of the group's own; empty for that of the whole architecture
  public record Learned(Optional<Form> form) implements RuleText {}

  /// A hand-designed rule at a rate that is not learned.
  public record Fixed(Rule rule) implements RuleText {}

  public ArchitectureText {
    groups = List.copyOf(groups);
  }

  /// Describes an architecture; [#architecture] gives one that is equal to it.
  ///
  /// @throws IllegalArgumentException if it is not made of one kind of LSTM
  public static ArchitectureText of(Architecture<?> architecture) {
    if (architecture instanceof Grouped(List<Group> groups, Architecture<?> rest)) {
      ArchitectureText whole = of(rest).withHalfDecades(halfDecades(groups, rest));
      List<GroupText> texts = new ArrayList<>();
      for (Group group : groups) {
        texts.add(new GroupText(group.name(), group.blocks(), whole.ruleOf(group)));
      }
      return new ArchitectureText(whole.network, whole.form, texts, whole.halfDecades);
    }
    return switch (architecture) {
      case Lstm lstm ->
          new ArchitectureText(lstm, new Whole(), List.of(), Corrected.USUAL_HALF_DECADES);
      case QuasiNewton(Lstm lstm, int memory, Secants secants) ->
          new ArchitectureText(
              lstm, new Curvature(memory, secants), List.of(), Corrected.USUAL_HALF_DECADES);
      case Smoothed(Architecture<?> rule, BlockFilter grids) when !(rule instanceof Grouped) -> {
        ArchitectureText text = of(rule);
        yield text.withForm(new Smooth(text.form, grids));
      }
      case Corrected(Lstm lstm, Rule base, int halfDecades) ->
          new ArchitectureText(lstm, new Correction(base), List.of(), halfDecades);
      case Architecture<?> other -> throw tooSpecial(other);
    };
  }

  /// The half decades of the rest's schedule, if it has one, or else of the first group's that has
  /// one.
  private static int halfDecades(List<Group> groups, Architecture<?> rest) {
    List<GroupRule> rules = new ArrayList<>(List.of(new Group.Learned(rest)));
    groups.forEach(group -> rules.add(group.rule()));
    for (GroupRule rule : rules) {
      if (rule instanceof Group.Learned(Corrected(_, _, int halfDecades))) {
        return halfDecades;
      }
    }
    return Corrected.USUAL_HALF_DECADES;
  }

  /// The rule of a group, seen from this description of what the other blocks have. A group that is
  /// like the rest needs no rule of its own in the text.
  private RuleText ruleOf(Group group) {
    return switch (group.rule()) {
      case Group.Fixed(Rule rule) -> new Fixed(rule);
      case Group.Learned(var own) when own.equals(learned(form)) -> new Learned(Optional.empty());
      case Group.Learned(Corrected(Lstm lstm, Rule rule, int own))
          when lstm.equals(network) && own == halfDecades ->
          new Learned(Optional.of(new Correction(rule)));
      case Group.Learned(var own) -> throw tooSpecial(own);
    };
  }

  /// The refusal of an architecture that options cannot describe, such as one from a file that a
  /// program wrote.
  private static IllegalArgumentException tooSpecial(Architecture<?> architecture) {
    return new IllegalArgumentException(
        "options of the network are for architectures of one kind of LSTM, not for %s"
            .formatted(architecture.summary()));
  }

  /// Builds the architecture that is described.
  public Architecture<?> architecture() {
    Architecture<?> rest = learned(form);
    if (groups.isEmpty()) {
      return rest;
    }
    List<Group> parts = new ArrayList<>();
    for (GroupText group : groups) {
      parts.add(
          switch (group.rule) {
            case Learned(Optional<Form> own) ->
                new Group(group.name, group.blocks, learned(own.orElse(form)));
            case Fixed(Rule rule) -> new Group(group.name, group.blocks, rule);
          });
    }
    return new Grouped(parts, rest);
  }

  /// Whether any rule is corrected, and so has a schedule.
  public boolean corrects() {
    Stream<Form> own =
        groups.stream()
            .map(GroupText::rule)
            .flatMap(rule -> rule instanceof Learned(var given) ? given.stream() : Stream.of());
    return Stream.concat(Stream.of(form), own).anyMatch(Correction.class::isInstance);
  }

  /// The learned rule that the network makes in this form.
  private Architecture<?> learned(Form own) {
    return switch (own) {
      case Whole() -> network;
      case Correction(Rule base) -> new Corrected(network, base, halfDecades);
      case Curvature(int memory, Secants secants) -> new QuasiNewton(network, memory, secants);
      case Smooth(Form rule, BlockFilter blocks) -> new Smoothed(learned(rule), blocks);
    };
  }

  /// The description with another network.
  public ArchitectureText withNetwork(Lstm other) {
    return new ArchitectureText(other, form, groups, halfDecades);
  }

  /// The description with rules of another form.
  public ArchitectureText withForm(Form other) {
    return new ArchitectureText(network, other, groups, halfDecades);
  }

  /// The description with other groups.
  public ArchitectureText withGroups(List<GroupText> others) {
    return new ArchitectureText(network, form, others, halfDecades);
  }

  /// The description with schedules of another number of pieces.
  public ArchitectureText withHalfDecades(int others) {
    return new ArchitectureText(network, form, groups, others);
  }

  /// Parses groups, with `;` between them; none for an empty text.
  ///
  /// Each is like `name=pattern`, where the pattern is searched for in the names of blocks, with
  /// `:rule=rate` behind it for a hand-designed rule, or `+rule=rate` for one that an LSTM
  /// corrects: `conv=conv.*weights`, `offsets=offset$:sgd=0.01`,
  /// `conv=conv.*weights+nesterov=0.01`.
  ///
  /// @throws IllegalArgumentException if a group has another form
  public static List<GroupText> parseGroups(String text) {
    List<GroupText> groups = new ArrayList<>();
    for (String group : text.isBlank() ? new String[0] : text.split(";", -1)) {
      Matcher match = GROUP.matcher(group.strip());
      if (!match.matches()) {
        throw new IllegalArgumentException(
            "a group must be like 'conv=conv.*weights' or 'offsets=offset$:sgd=0.01', got '%s'"
                .formatted(group.strip()));
      }
      groups.add(new GroupText(match.group(1), new BlockFilter(match.group(2)), rule(match)));
    }
    return List.copyOf(groups);
  }

  /// The rule behind the pattern of a group, if it has one.
  private static RuleText rule(Matcher group) {
    if (group.group(3) == null) {
      return new Learned(Optional.empty());
    }
    Rule rule = Rule.parse(group.group(4));
    return group.group(3).equals(":")
        ? new Fixed(rule)
        : new Learned(Optional.of(new Correction(rule)));
  }
}
