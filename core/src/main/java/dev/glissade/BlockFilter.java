package dev.glissade;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Blocks of parameters chosen by their names.
///
/// @param regex a regular expression that is searched for in the names; empty for all blocks
public record BlockFilter(String regex) {

  /// The filter that takes all blocks.
  public static final BlockFilter ALL = new BlockFilter("");

  /// Checks the expression.
  ///
  /// @throws IllegalArgumentException if it is no regular expression
  public BlockFilter {
    try {
      Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "'%s' is no regular expression: %s".formatted(regex, e.getDescription()), e);
    }
  }

  /// Whether the filter takes a block.
  public boolean matches(ParameterLayout.Block block) {
    return Pattern.compile(regex).matcher(block.name()).find();
  }

  @Override
  public String toString() {
    return regex;
  }
}
