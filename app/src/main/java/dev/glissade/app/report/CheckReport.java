package dev.glissade.app.report;

import dev.glissade.app.terminal.Console;
import dev.glissade.app.terminal.Markup;
import dev.glissade.app.terminal.Numbers;
import dev.glissade.app.terminal.Table;
import dev.glissade.app.terminal.Table.Column;
import dev.glissade.check.Aspect;
import dev.glissade.check.Depth;
import dev.glissade.check.Finding;
import dev.glissade.check.ProblemReport;
import dev.glissade.check.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// The result of a check of a problem, as its JSON file holds it and a console shows it.
///
/// @param problem its full name
/// @param instances members of each split
/// @param depth how much was tried of each
/// @param seed of the members
/// @param sound whether nothing is wrong
/// @param seconds that it took
/// @param findings one for each aspect
public record CheckReport(
    String problem,
    int instances,
    Depth depth,
    long seed,
    boolean sound,
    double seconds,
    List<Finding> findings) {

  public CheckReport {
    findings = List.copyOf(findings);
  }

  /// Prints the findings as a table, what is wrong or unclear below, and one sentence.
  public void print(Console console) {
    console.print(
        "@|bold %s|@: %s %s of each split\n"
            .formatted(
                Markup.literal(problem),
                Numbers.count(instances),
                instances == 1 ? "member" : "members"));
    Table table =
        new Table(
            Column.text("check"),
            Column.text("tried"),
            Column.text("worst", 1),
            Column.text("verdict"));
    for (Finding finding : findings) {
      table.add(finding.aspect().label(), tried(finding), worst(finding), label(finding.verdict()));
    }
    table.print(console);
    console.print("");
    for (Finding finding : findings) {
      if (!finding.detail().isEmpty()) {
        console.print(Markup.literal(finding.aspect().label() + ": " + finding.detail()));
      }
    }
    console.print(sentence());
  }

  /// How much was tried, and of how much of it nothing can be said.
  private static String tried(Finding finding) {
    if (finding.verdict() == Verdict.SKIPPED) {
      return "–";
    }
    String tried = Numbers.count(finding.tried()) + " " + finding.aspect().tried();
    String faults =
        finding.verdict() == Verdict.WRONG ? ", %s wrong".formatted(finding.faults()) : "";
    String kinks = finding.kinks() == 0 ? "" : ", %s at kinks".formatted(finding.kinks());
    String blurred =
        finding.undecided() == 0 ? "" : ", %s drowned by rounding".formatted(finding.undecided());
    return tried + faults + kinks + blurred;
  }

  private static String worst(Finding finding) {
    double worst = finding.worst();
    if (finding.verdict() == Verdict.SKIPPED || Double.isNaN(worst)) {
      return "–";
    }
    return switch (finding.aspect().figure()) {
      case NONE -> "–";
      case SHARE -> Numbers.digits(100 * worst, 2) + " %";
      case RELATIVE -> Numbers.digits(worst, 2);
      case MICROSECONDS -> Numbers.digits(worst, 2) + " µs";
    };
  }

  private static String label(Verdict verdict) {
    return verdict.name().toLowerCase(Locale.ROOT);
  }

  private String sentence() {
    String unclear = aspects(Verdict.UNCLEAR);
    if (!sound) {
      return "@|bold %s is wrong: %s.|@ Optimizers that are trained, tuned or compared on it are not what they seem."
          .formatted(Markup.literal(problem), aspects(Verdict.WRONG));
    }
    return unclear.isEmpty()
        ? "Nothing is wrong with it as far as was tried."
        : "Nothing is wrong with it as far as can be told; little can be of: %s."
            .formatted(unclear);
  }

  private String aspects(Verdict verdict) {
    return findings.stream()
        .filter(finding -> finding.verdict() == verdict)
        .map(Finding::aspect)
        .map(Aspect::label)
        .collect(Collectors.joining(", "));
  }

  /// The report of a check.
  ///
  /// @param seconds that it took
  public static CheckReport of(
      ProblemReport report, int instances, Depth depth, long seed, double seconds) {
    return new CheckReport(
        report.problem(), instances, depth, seed, report.isSound(), seconds, report.findings());
  }
}
