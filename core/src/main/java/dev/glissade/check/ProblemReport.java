package dev.glissade.check;

import java.util.List;
import java.util.stream.Collectors;

/// What a [ProblemCheck] found.
///
/// @param problem its name
/// @param findings one for each [Aspect], in its order
public record ProblemReport(String problem, List<Finding> findings) {

  public ProblemReport {
    findings = List.copyOf(findings);
  }

  /// The finding about one aspect.
  public Finding finding(Aspect aspect) {
    return findings.stream()
        .filter(finding -> finding.aspect() == aspect)
        .findFirst()
        .orElseThrow();
  }

  /// Whether nothing is wrong. What could not be told, or does not apply, is not wrong.
  public boolean isSound() {
    return wrong().isEmpty();
  }

  /// The findings of what is wrong.
  public List<Finding> wrong() {
    return findings.stream().filter(finding -> finding.verdict() == Verdict.WRONG).toList();
  }

  /// Nothing if the problem is sound, so that a test can end with it.
  ///
  /// @throws IllegalStateException with a line for each finding of what is wrong
  public void requireSound() {
    if (!isSound()) {
      throw new IllegalStateException(
          wrong().stream()
              .map(finding -> "%s: %s".formatted(finding.aspect().label(), finding.detail()))
              .collect(Collectors.joining("\n", problem + " is not sound\n", "")));
    }
  }
}
