package dev.glissade.app.dashboard;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// All that is known of a folder of runs at one moment, as the page gets it.
///
/// @param version another whenever anything else is
/// @param folder as the user named it
/// @param exists whether there is such a folder
/// @param whole false if there is more in it than was looked at
/// @param start a command that starts a run there
/// @param runs by name
/// @param results folders with a page or pictures but no run, by name
record Snapshot(
    long version,
    String folder,
    boolean exists,
    boolean whole,
    String start,
    List<Run> runs,
    List<Result> results) {

  Snapshot {
    runs = List.copyOf(runs);
    results = List.copyOf(results);
  }

  /// Whether it tells the same.
  boolean tellsWhat(Snapshot other) {
    return withVersion(0).equals(other.withVersion(0));
  }

  Snapshot withVersion(long other) {
    return new Snapshot(other, folder, exists, whole, start, runs, results);
  }

  /// A run. Numbers that are not known are NaN.
  ///
  /// @param id the path of its folder, relative to that of all runs; empty for that itself
  /// @param state what has become of it
  /// @param word more about that: who trains it, how to go on, what is damaged; may be empty
  /// @param problem its name
  /// @param episode how many are done
  /// @param episodes how many there will be; 0 if that is not known
  /// @param doing what is done now, such as `scoring 34 %`; may be empty
  /// @param part how much of the next episode is done
  /// @param metaLoss the last
  /// @param validationLoss the last; infinite, like the best, is NaN here
  /// @param bestLoss of all validations
  /// @param gradientNorm of the last meta-gradients
  /// @param learningRate the last of the outer optimizer
  /// @param nonFinite evaluations that were skipped since its process started
  /// @param episodesPerSecond of late
  /// @param secondsLeft at that speed, if it is running
  /// @param lastSign when it wrote last, in milliseconds since 1970
  /// @param version another whenever its metrics are
  /// @param content its page and pictures
  record Run(
      String id,
      RunState state,
      String word,
      String problem,
      long episode,
      long episodes,
      String doing,
      double part,
      double metaLoss,
      double validationLoss,
      double bestLoss,
      double gradientNorm,
      double learningRate,
      long nonFinite,
      double episodesPerSecond,
      double secondsLeft,
      long lastSign,
      long version,
      Content content) {}

  /// A folder with a page or pictures but no run.
  ///
  /// @param id the path of the folder, relative to that of all runs; empty for that itself
  record Result(String id, Content content) {}

  /// What may be looked at in a folder.
  ///
  /// @param report whether there is a page
  /// @param pictures by name
  record Content(boolean report, List<Picture> pictures) {

    static final String REPORT = "report.html";

    Content {
      pictures = List.copyOf(pictures);
    }

    boolean isEmpty() {
      return !report && pictures.isEmpty();
    }

    /// Whether a file is part of it.
    boolean has(String name) {
      return (report && name.equals(REPORT))
          || pictures.stream().anyMatch(picture -> picture.name().equals(name));
    }
  }

  /// A picture.
  ///
  /// @param modified in milliseconds since 1970
  record Picture(String name, long modified) {

    private static final Map<String, String> TYPES =
        Map.of(
            "png", "image/png", "jpg", "image/jpeg", "jpeg", "image/jpeg", "svg", "image/svg+xml");

    private static Optional<String> type(String name) {
      String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
      return Optional.ofNullable(TYPES.get(ending));
    }

    /// Whether a file of this name is a picture.
    static boolean isOne(String name) {
      return type(name).isPresent();
    }

    /// The media type of a picture, or else of a page.
    static String typeOf(String name) {
      return type(name).orElse("text/html; charset=utf-8");
    }
  }
}
