package dev.glissade.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.glissade.app.terminal.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Commands in the documents have options that there are.
class DocumentedCommandsTest {

  private static final Pattern BLOCK = Pattern.compile("```\\w*\n(.*?)```", Pattern.DOTALL);

  /// A word of a shell command, which may have quotes in it.
  private static final Pattern WORD = Pattern.compile("(?:[^\\s\"']|\"[^\"]*\"|'[^']*')+");

  private static final Pattern ASSIGNMENT = Pattern.compile("(\\w+)=\"(.*)\"");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "README",
        "docs/bring-your-own-problem",
        "docs/dashboard",
        "docs/experiments",
        "docs/file-format",
        "docs/neural-art",
        "docs/pretrained",
        "docs/self"
      })
  void areUnderstood(String document) throws IOException {
    List<String> commands = commands(Files.readString(Path.of("..", document + ".md")));
    assertThat(commands).isNotEmpty();
    Console nowhere =
        Console.plain(new PrintWriter(Writer.nullWriter()), new PrintWriter(Writer.nullWriter()));
    for (String command : commands) {
      String[] words = words(command).skip(1).toArray(String[]::new);
      assertThatCode(() -> Glissade.commandLine(new Context(nowhere, Map.of())).parseArgs(words))
          .as(command)
          .doesNotThrowAnyException();
    }
  }

  /// The lines that call Glissade, with the values of variables in them.
  private static List<String> commands(String document) {
    List<String> commands = new ArrayList<>();
    Map<String, String> variables = new HashMap<>();
    for (MatchResult block : BLOCK.matcher(document).results().toList()) {
      for (String line : block.group(1).replaceAll("\\\\\n", " ").split("\n", -1)) {
        String expanded = line.replaceAll("\\s#.*", "");
        for (Map.Entry<String, String> variable : variables.entrySet()) {
          expanded = expanded.replace("$" + variable.getKey(), variable.getValue());
        }
        Matcher assignment = ASSIGNMENT.matcher(expanded);
        if (assignment.matches()) {
          variables.put(assignment.group(1), assignment.group(2));
        } else if (expanded.startsWith("./glissade ")) {
          commands.add(expanded);
        }
      }
    }
    return commands;
  }

  private static Stream<String> words(String command) {
    return WORD.matcher(command).results().map(word -> word.group().replaceAll("[\"']", ""));
  }
}
