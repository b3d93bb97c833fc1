package dev.glissade.published;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A page of the documents.
///
/// @param name such as `docs/java.md`
/// @param text all of it
record Document(String name, String text) {

  /// The root of the checkout: tests run in the folder of their module.
  static final Path ROOT = Path.of("..");

  private static final Pattern BLOCK =
      Pattern.compile("^```(\\w*)\n(.*?)^```\n", Pattern.DOTALL | Pattern.MULTILINE);

  static Document read(String name) throws IOException {
    return new Document(name, Files.readString(ROOT.resolve(name)));
  }

  /// Whether the page has a block of Java that is exactly this.
  boolean hasCode(String code) {
    return blocks("java", 0).anyMatch(code::equals);
  }

  /// The words of the one command in the page that runs a class.
  List<String> command(String className) {
    List<String> lines =
        blocks("sh", 0)
            .flatMap(String::lines)
            .filter(line -> line.startsWith("java ") && line.endsWith(" " + className))
            .toList();
    if (lines.size() != 1) {
      throw new AssertionError(
          "%s should have one line that runs %s, has %s".formatted(name, className, lines));
    }
    return Stream.of(lines.getFirst().split(" ")).map(word -> word.replace("'", "")).toList();
  }

  /// What a program prints: the first block of text behind the one with its code.
  String output(String code) {
    return blocks("text", text.indexOf(code)).findFirst().orElseThrow();
  }

  private Stream<String> blocks(String language, int from) {
    return BLOCK
        .matcher(text)
        .results()
        .filter(block -> block.start() >= from && block.group(1).equals(language))
        .map(block -> block.group(2));
  }
}
