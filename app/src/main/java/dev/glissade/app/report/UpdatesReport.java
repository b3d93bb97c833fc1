package dev.glissade.app.report;

import java.util.List;
import java.util.Map;

/// What optimizers do, seen in runs.
///
/// @param origin of the result
/// @param runs one for each learned optimizer
public record UpdatesReport(Origin origin, List<Run> runs) implements ExperimentReport {

  /// A run of a learned optimizer, which baselines watch.
  ///
  /// @param optimizer that makes the run
  /// @param problem that it runs on
  /// @param seed of the TEST instance
  /// @param steps of the run
  /// @param settings of the baselines, by name
  /// @param trace what all proposed
  public record Run(
      String optimizer,
      String problem,
      long seed,
      int steps,
      Map<String, Map<String, String>> settings,
      UpdateTrace trace) {

    /// The name of the optimizer as part of the name of a file.
    public String file() {
      return optimizer.replaceFirst("^pretrained:", "").replaceAll("[^\\w.-]", "-");
    }
  }

  public UpdatesReport {
    runs = List.copyOf(runs);
  }
}
