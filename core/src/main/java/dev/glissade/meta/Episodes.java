package dev.glissade.meta;

import java.util.ArrayList;
import java.util.List;

/// The episodes of a meta-training: how many, how long, on how many objectives side by side, and
/// what their losses count.
///
/// @param count of all episodes, ≥ 1
/// @param curriculum how long they are
/// @param batch B, how many objectives are run side by side, ≥ 1
/// @param loss what the meta-loss is a sum of
public record Episodes(long count, Curriculum curriculum, int batch, MetaLoss loss) {

  /// The place of a draw of a [MetaObjective] among episodes and unrolls.
  ///
  /// @param episode which episode, from 0
  /// @param unroll which unroll of it, from 0
  /// @param steps how many steps the episode has
  public record Position(long episode, int unroll, int steps) {}

  /// Successive episodes of equal length.
  private record Stretch(int steps, long episodes) {}

  public Episodes {
    if (count < 1) {
      throw new IllegalArgumentException("episodes must be >= 1, got " + count);
    }
    if (batch < 1) {
      throw new IllegalArgumentException("batch must be >= 1, got " + batch);
    }
  }

  /// Episodes of one length, whose losses count as they are.
  public Episodes(long count, int steps, int batch) {
    this(count, Curriculum.constant(steps), batch, MetaLoss.LOSSES);
  }

  /// These episodes, but another number of them.
  public Episodes withCount(long others) {
    return new Episodes(others, curriculum, batch, loss);
  }

  /// These episodes with other lengths.
  public Episodes withCurriculum(Curriculum other) {
    return new Episodes(count, other, batch, loss);
  }

  /// These episodes with another length of those after the curriculum's stages.
  public Episodes withSteps(int steps) {
    return withCurriculum(curriculum.withSteps(steps));
  }

  /// These episodes on another number of objectives side by side.
  public Episodes withBatch(int other) {
    return new Episodes(count, curriculum, other, loss);
  }

  /// These episodes with another meta-loss.
  public Episodes withLoss(MetaLoss other) {
    return new Episodes(count, curriculum, batch, other);
  }

  /// The number of steps in an episode after the curriculum's stages.
  public int steps() {
    return curriculum.steps();
  }

  /// All episodes, and those that would follow.
  private List<Stretch> stretches() {
    List<Stretch> stretches = new ArrayList<>();
    for (Curriculum.Stage stage : curriculum.stages()) {
      stretches.add(new Stretch(stage.steps(), stage.length().of(count)));
    }
    stretches.add(new Stretch(curriculum.steps(), Long.MAX_VALUE));
    return stretches;
  }

  /// Fails unless every episode is a whole number of unrolls.
  ///
  /// @throws IllegalArgumentException if one is not
  public void requireMultiplesOf(int unroll) {
    for (Stretch stretch : stretches()) {
      if (stretch.steps % unroll != 0) {
        throw new IllegalArgumentException(
            "steps must be a multiple of unroll, got %s and %s".formatted(stretch.steps, unroll));
      }
    }
  }

  /// Where the draw with this index lies, for unrolls of this length.
  public Position position(long draw, int unroll) {
    long episode = 0;
    long left = draw;
    for (Stretch stretch : stretches()) {
      long unrolls = stretch.steps / unroll;
      if (left / unrolls < stretch.episodes) {
        return new Position(episode + left / unrolls, (int) (left % unrolls), stretch.steps);
      }
      episode += stretch.episodes;
      left -= unrolls * stretch.episodes;
    }
    throw new IllegalStateException("the last stretch has no end");
  }

  /// The number of steps in one of the episodes.
  ///
  /// @param episode which one, from 0
  public int stepsOf(long episode) {
    long left = episode;
    for (Stretch stretch : stretches()) {
      if (left < stretch.episodes) {
        return stretch.steps;
      }
      left -= stretch.episodes;
    }
    throw new IllegalStateException("the last stretch has no end");
  }

  /// How many draws all episodes take, for unrolls of this length.
  public long draws(int unroll) {
    long draws = 0;
    long left = count;
    for (Stretch stretch : stretches()) {
      long these = Math.min(left, stretch.episodes);
      draws += these * (stretch.steps / unroll);
      left -= these;
    }
    return draws;
  }
}
