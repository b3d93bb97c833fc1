package dev.glissade.app.report;

/// The result of an experiment as data, to compare with the paper's. Each kind of experiment has a
/// report of its own, which says how it is shown.
public interface ExperimentReport extends Result {

  /// The origin of the result: what it belongs to, and how to get it again.
  Origin origin();

  /// The way in which it was measured, in sentences; [#howMade] adds by whom.
  String howMeasured();

  @Override
  default String name() {
    return "experiment";
  }

  @Override
  default String title() {
    return origin().title();
  }

  @Override
  default String command() {
    return origin().command();
  }

  @Override
  default String howMade() {
    return "%s Made by Glissade %s.".formatted(howMeasured(), origin().glissade());
  }

  /// The origin of a result.
  ///
  /// @param experiment its name
  /// @param figure of the paper, such as `4 left`, or [#NO_FIGURE]
  /// @param summary what it shows
  /// @param command that gives the same result again
  /// @param glissade the version that ran it
  /// @param tuningInstances VALIDATION instances that learning rates were tuned on
  record Origin(
      String experiment,
      String figure,
      String summary,
      String command,
      String glissade,
      int tuningInstances) {

    /// What stands for a figure that the paper does not have.
    public static final String NO_FIGURE = "–";

    /// The heading of pictures and pages.
    public String title() {
      return figure.equals(NO_FIGURE)
          ? experiment + ": " + summary
          : "%s (figure %s): %s".formatted(experiment, figure, summary);
    }
  }
}
