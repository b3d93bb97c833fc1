package dev.glissade.learned;

import dev.glissade.BlockFilter;
import dev.glissade.file.JsonObject;
import dev.glissade.optimizer.Rule;
import java.util.regex.Pattern;

/// Blocks of parameters that have a rule of their own, in a [Grouped] architecture.
///
/// @param name in lower case, letters, digits and hyphens; prefix of its blocks in φ
/// @param blocks which
/// @param rule what updates them
public record Group(String name, BlockFilter blocks, GroupRule rule) {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");

  /// The name of all blocks that are in no other group.
  public static final String REST = "rest";

  /// The rule that updates the blocks of a group.
  public sealed interface GroupRule {}

  /// A learned rule, whose weights are part of φ.
  public record Learned(Architecture<?> architecture) implements GroupRule {}

  /// A hand-designed rule, which stays as it is. No derivative goes back through it.
  public record Fixed(Rule rule) implements GroupRule {}

  public Group {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "the name of a group must be like 'conv-2', got '%s'".formatted(name));
    }
    if (name.equals(REST)) {
      throw new IllegalArgumentException(
          "a group cannot be called '%s', as blocks in no group are: choose another name"
              .formatted(REST));
    }
  }

  /// A group with a learned rule of its own.
  public Group(String name, BlockFilter blocks, Architecture<?> architecture) {
    this(name, blocks, new Learned(architecture));
  }

  /// A group with a hand-designed rule.
  public Group(String name, BlockFilter blocks, Rule rule) {
    this(name, blocks, new Fixed(rule));
  }

  JsonObject toJson() {
    JsonObject json = JsonObject.empty().with("name", name).with("blocks", blocks.regex());
    return switch (rule) {
      case Learned(Architecture<?> architecture) -> json.with("learned", architecture.toJson());
      case Fixed(Rule fixed) -> json.with("fixed", fixed.toJson());
    };
  }

  static Group fromJson(JsonObject json, Architectures known) {
    GroupRule rule =
        json.has("fixed")
            ? new Fixed(Rule.fromJson(json.object("fixed")))
            : new Learned(known.read(json.object("learned")));
    return new Group(json.text("name"), new BlockFilter(json.text("blocks")), rule);
  }
}
