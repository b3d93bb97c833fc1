package dev.glissade.app.report;

import dev.glissade.app.terminal.Console;
import dev.glissade.app.terminal.Markup;
import dev.glissade.evaluation.Responses.History;
import dev.glissade.file.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/// A printer of inspections on a console.
public final class InspectionText {

  private InspectionText() {}

  /// Prints a report in the order of its questions: what it is, how it was trained, what it has
  /// learned.
  public static void print(InspectionReport report, Console console) {
    console.print("@|bold %s|@".formatted(Markup.literal(report.optimizer())));
    print(report.architecture(), console);
    console.print("\n@|bold How it came to be|@");
    print(report.history(), console);
    console.print("");
    report.table().print(console);
    if (!report.rates().isEmpty()) {
      console.print("\n@|bold Learning rates of the rules that it corrects, without its network|@");
      report.rateTable().print(console);
      console.print("fading: the power by which a gradient that shrinks shortens the steps");
    }
    for (History history : History.values()) {
      ResponseTable.print(console, report.answers(), history);
    }
    console.print("");
    report.verdict().forEach(sentence -> console.print(Markup.literal(sentence)));
  }

  /// Prints what is in an object, what is in others inside it under names like `rest/network`.
  private static void print(JsonObject object, Console console) {
    Map<String, String> texts = new LinkedHashMap<>();
    object.forEachText(texts::put);
    texts.values().removeIf(String::isEmpty);
    int width = texts.keySet().stream().mapToInt(String::length).max().orElse(0);
    texts.forEach((key, text) ->
        console.print(Markup.literal("  " + key + " ".repeat(width + 2 - key.length()) + text)));
  }
}
