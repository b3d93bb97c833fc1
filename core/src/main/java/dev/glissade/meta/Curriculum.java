package dev.glissade.meta;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A plan of how long the episodes of a meta-training are: first a few stages, then `steps` for the
/// rest.
///
/// Short episodes first teach an optimizer to descend before it is asked to go on for long.
/// Reference: T. Chen et al., *Training stronger baselines for learning to optimize*, NeurIPS 2020.
///
/// @param stages the stages before the last, perhaps none
/// @param steps in an episode after them, ≥ 1
public record Curriculum(List<Stage> stages, int steps) {

  private static final Pattern STAGE = Pattern.compile("(\\d{1,9})x(\\d{1,9})(%?)");

  /// Some episodes of equal length.
  ///
  /// @param steps in each, ≥ 1
  /// @param length how many there are
  public record Stage(int steps, Length length) {
    public Stage {
      if (steps < 1) {
        throw new IllegalArgumentException("a stage must have at least 1 step, got " + steps);
      }
    }

    @Override
    public String toString() {
      return steps + "x" + length;
    }
  }

  /// The number of episodes in a stage, or their part of all.
  public sealed interface Length {

    /// The number of episodes that this is.
    ///
    /// @param all the episodes of the whole training
    long of(long all);
  }

  /// A number of episodes, whatever the length of the training.
  ///
  /// @param count ≥ 1
  public record Count(long count) implements Length {
    public Count {
      if (count < 1) {
        throw new IllegalArgumentException("a stage must have at least 1 episode, got " + count);
      }
    }

    @Override
    public long of(long all) {
      return count;
    }

    @Override
    public String toString() {
      return Long.toString(count);
    }
  }

  /// A part of all episodes of the training, in per cent.
  ///
  /// @param percent ≥ 1
  public record Percent(long percent) implements Length {
    public Percent {
      if (percent < 1) {
        throw new IllegalArgumentException("a stage must have at least 1 %, got " + percent);
      }
    }

    @Override
    public long of(long all) {
      return Math.max(1, all * percent / 100);
    }

    @Override
    public String toString() {
      return percent + "%";
    }
  }

  public Curriculum {
    stages = List.copyOf(stages);
    if (steps < 1) {
      throw new IllegalArgumentException("steps must be >= 1, got " + steps);
    }
  }

  /// A curriculum whose episodes are all of the same length.
  public static Curriculum constant(int steps) {
    return new Curriculum(List.of(), steps);
  }

  /// Parses stages, such as `20x200,50x30%`: 200 episodes of 20 steps, then 30 % of all episodes
  /// with 50; empty for none.
  ///
  /// @throws IllegalArgumentException if the text has another form
  public static List<Stage> parseStages(String text) {
    List<Stage> parsed = new ArrayList<>();
    for (String stage : text.isBlank() ? new String[0] : text.split(",", -1)) {
      Matcher match = STAGE.matcher(stage.strip());
      if (!match.matches()) {
        throw new IllegalArgumentException(
            "curriculum must be like '20x200,50x30%%' (steps x episodes), got '%s'"
                .formatted(text));
      }
      long count = Long.parseLong(match.group(2));
      Length length = match.group(3).isEmpty() ? new Count(count) : new Percent(count);
      parsed.add(new Stage(Integer.parseInt(match.group(1)), length));
    }
    return List.copyOf(parsed);
  }

  /// The stages as the text that [#parseStages] reads.
  public String stagesText() {
    return stages.stream().map(Stage::toString).collect(Collectors.joining(","));
  }

  /// This curriculum with episodes of another length after its stages.
  public Curriculum withSteps(int others) {
    return new Curriculum(stages, others);
  }
}
