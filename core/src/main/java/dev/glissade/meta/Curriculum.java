package dev.glissade.meta;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How long the episodes of a meta-training are: first a few stages, then `steps` for the rest.
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
  /// @param episodes how many, ≥ 1
  public record Stage(int steps, long episodes) {
    public Stage {
      if (steps < 1 || episodes < 1) {
        throw new IllegalArgumentException(
            "a stage must have at least 1 step and 1 episode, got %d x %d"
                .formatted(steps, episodes));
      }
    }
  }

  /// Where a draw lies.
  ///
  /// @param episode which episode, from 0
  /// @param unroll which unroll of it, from 0
  /// @param steps how many steps the episode has
  public record Position(long episode, int unroll, int steps) {}

  public Curriculum {
    stages = List.copyOf(stages);
    if (steps < 1) {
      throw new IllegalArgumentException("steps must be >= 1, got " + steps);
    }
  }

  /// All episodes of the same length.
  public static Curriculum constant(int steps) {
    return new Curriculum(List.of(), steps);
  }

  /// Parses the stages, such as `20x200,50x30%`: 200 episodes of 20 steps, then 30 % of all
  /// episodes with 50; empty for none.
  ///
  /// @param steps in the episodes after the last stage
  /// @param episodes in all
  public static Curriculum parse(String stages, int steps, long episodes) {
    List<Stage> parsed = new ArrayList<>();
    for (String stage : stages.isBlank() ? new String[0] : stages.split(",", -1)) {
      Matcher match = STAGE.matcher(stage.strip());
      if (!match.matches()) {
        throw new IllegalArgumentException(
            "curriculum must be like '20x200,50x30%%' (steps x episodes), got '%s'"
                .formatted(stages));
      }
      long count = Long.parseLong(match.group(2));
      boolean percent = !match.group(3).isEmpty();
      parsed.add(
          new Stage(
              Integer.parseInt(match.group(1)),
              percent ? Math.max(1, episodes * count / 100) : count));
    }
    return new Curriculum(parsed, steps);
  }

  /// Fails unless every episode is a whole number of unrolls.
  public void requireMultiplesOf(int unroll) {
    List<Stage> all = new ArrayList<>(stages);
    all.add(new Stage(steps, 1));
    for (Stage stage : all) {
      if (stage.steps % unroll != 0) {
        throw new IllegalArgumentException(
            "steps must be a multiple of unroll, got %d and %d".formatted(stage.steps, unroll));
      }
    }
  }

  /// Where the draw with this index lies, for unrolls of this length.
  public Position position(long draw, int unroll) {
    long episode = 0;
    long left = draw;
    for (Stage stage : stages) {
      long unrolls = stage.steps / unroll;
      if (left < unrolls * stage.episodes) {
        return new Position(episode + left / unrolls, (int) (left % unrolls), stage.steps);
      }
      episode += stage.episodes;
      left -= unrolls * stage.episodes;
    }
    long unrolls = steps / unroll;
    return new Position(episode + left / unrolls, (int) (left % unrolls), steps);
  }

  /// How many steps an episode has.
  ///
  /// @param episode which one, from 0
  public int stepsOf(long episode) {
    long left = episode;
    for (Stage stage : stages) {
      if (left < stage.episodes) {
        return stage.steps;
      }
      left -= stage.episodes;
    }
    return steps;
  }

  /// How many draws the first `episodes` episodes take.
  public long draws(long episodes, int unroll) {
    long draws = 0;
    long left = episodes;
    for (Stage stage : stages) {
      long these = Math.min(left, stage.episodes);
      draws += these * (stage.steps / unroll);
      left -= these;
    }
    return draws + left * (steps / unroll);
  }
}
