package dev.glissade.learned;

import dev.glissade.Optimizer;
import dev.glissade.ParameterLayout;
import dev.glissade.optimizer.Baselines;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Blocks of parameters that have a rule of their own.
///
/// As text `name=pattern`, where the pattern is searched for in the names of blocks, with
/// `:rule=rate` behind it for a hand-designed rule, or `+rule=rate` for one that an LSTM corrects:
/// `conv=conv.*weights`, `offsets=offset$:sgd=0.01`, `conv=conv.*weights+nesterov=0.01`.
///
/// @param name of the group
/// @param pattern a regular expression without space and `;`
/// @param rule what updates its blocks
public record BlockGroup(String name, String pattern, GroupRule rule) {

  private static final Pattern FORM =
      Pattern.compile("([a-z][a-z0-9-]*)=([^;\\s]+?)(?:([:+])([a-z]+=[0-9.eE+-]+))?");

  /// What updates the blocks of a group.
  public sealed interface GroupRule {}

  /// An LSTM of its own.
  ///
  /// @param base the rule that it corrects; empty for that of the whole architecture, if any
  public record Learned(Optional<Fixed> base) implements GroupRule {}

  /// A hand-designed rule. As text `rule=rate`, such as `nesterov=0.1`.
  ///
  /// @param baseline its name
  /// @param learningRate > 0
  public record Fixed(String baseline, double learningRate) implements GroupRule {

    private static final Pattern FORM = Pattern.compile("([a-z]+)=([0-9.eE+-]+)");

    public Fixed {
      Baselines.find(baseline).at(learningRate); // throws if there is none, or the rate is wrong
    }

    Optimizer<?> optimizer() {
      return Baselines.find(baseline).at(learningRate);
    }

    /// @throws IllegalArgumentException if the text has another form
    static Fixed parse(String text) {
      Matcher match = FORM.matcher(text);
      if (!match.matches()) {
        throw new IllegalArgumentException(
            "a hand-designed rule must be like 'nesterov=0.1', got '%s'".formatted(text));
      }
      return new Fixed(match.group(1), Double.parseDouble(match.group(2)));
    }

    @Override
    public String toString() {
      return baseline + "=" + learningRate;
    }
  }

  public BlockGroup {
    try {
      Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "the pattern of group '%s' is no regular expression: %s"
              .formatted(name, e.getDescription()),
          e);
    }
  }

  Pattern blocks() {
    return Pattern.compile(pattern);
  }

  /// Whether a block is in this group.
  public boolean matches(ParameterLayout.Block block) {
    return blocks().matcher(block.name()).find();
  }

  /// Parses groups, with `;` between them; none for an empty text.
  ///
  /// @throws IllegalArgumentException if a group has another form
  public static List<BlockGroup> parse(String text) {
    List<BlockGroup> groups = new ArrayList<>();
    for (String group : text.isBlank() ? new String[0] : text.split(";", -1)) {
      Matcher match = FORM.matcher(group.strip());
      if (!match.matches()) {
        throw new IllegalArgumentException(
            "a group must be like 'conv=conv.*weights' or 'offsets=offset$:sgd=0.01', got '%s'"
                .formatted(group.strip()));
      }
      groups.add(new BlockGroup(match.group(1), match.group(2), rule(match)));
    }
    return groups;
  }

  private static GroupRule rule(Matcher group) {
    if (group.group(3) == null) {
      return new Learned(Optional.empty());
    }
    Fixed fixed = Fixed.parse(group.group(4));
    return group.group(3).equals(":") ? fixed : new Learned(Optional.of(fixed));
  }

  /// The text that [#parse] reads.
  static String format(List<BlockGroup> groups) {
    return String.join(";", groups.stream().map(BlockGroup::toString).toList());
  }

  @Override
  public String toString() {
    String blocks = name + "=" + pattern;
    return switch (rule) {
      case Learned(Optional<Fixed> base) -> blocks + base.map(it -> "+" + it).orElse("");
      case Fixed fixed -> blocks + ":" + fixed;
    };
  }
}
