package dev.glissade.internal;

import java.util.regex.Pattern;

/// Words of commands that people can paste into a shell.
public final class ShellWords {

  /// What no shell takes for anything but itself.
  private static final Pattern PLAIN = Pattern.compile("[\\w@%+=:,./-]+");

  private ShellWords() {}

  /// A text as one word: in quotes where it needs them.
  public static String word(String text) {
    return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
