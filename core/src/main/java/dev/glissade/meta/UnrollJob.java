package dev.glissade.meta;

import dev.glissade.Objective;
import dev.glissade.Problem;
import dev.glissade.cluster.Job;
import dev.glissade.cluster.Shelf;
import dev.glissade.meta.GradientEstimator.Assignment;
import dev.glissade.meta.GradientEstimator.Estimate;
import dev.glissade.meta.GradientEstimator.Worker;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// One unroll of every shard of an episode; a task is that of one shard.
///
/// A worker that made the unrolls before goes on where it stands. One that is lost is made again
/// from all that the episode has seen so far, which gives the same bits and takes longer.
///
/// @param problem where the objectives come from
/// @param assignment of all workers
/// @param objectives the seeds of each shard's TRAIN objectives
/// @param start φ where the episode started
/// @param unrolls all of the episode so far; the last one is to be made
/// @param workers those that stand where a task has left them
@SuppressWarnings("ArrayRecordComponent") // shared by all jobs of an episode, only read
record UnrollJob(
    Problem problem,
    Assignment assignment,
    List<long[]> objectives,
    float[] start,
    List<Unroll> unrolls,
    Shelf<UnrollJob.Standing> workers)
    implements Job<Estimate> {

  /// What an unroll was, or is to be, made with.
  ///
  /// @param weights φ
  /// @param seeds one for each shard
  @SuppressWarnings("ArrayRecordComponent") // only read
  record Unroll(float[] weights, long[] seeds) {}

  /// A worker that has made some unrolls.
  ///
  /// @param unrolls how many
  record Standing(Worker worker, int unrolls) {}

  @Override
  public Estimate run(int shard) {
    Standing from =
        workers
            .take(shard)
            .filter(standing -> standing.unrolls < unrolls.size())
            .orElseGet(() -> new Standing(start(shard), 0));
    Worker worker = from.worker;
    for (int k = from.unrolls; k < unrolls.size() - 1; k++) {
      advance(worker, unrolls.get(k), shard);
    }
    Estimate estimate = advance(worker, unrolls.getLast(), shard);
    workers.put(shard, new Standing(worker, unrolls.size()));
    return estimate;
  }

  private Worker start(int shard) {
    List<Objective> own =
        Arrays.stream(objectives.get(shard))
            .mapToObj(seed -> problem.sample(Problem.Split.TRAIN, seed))
            .toList();
    return assignment.start(own, start);
  }

  private static Estimate advance(Worker worker, Unroll unroll, int shard) {
    return worker.advance(unroll.weights, unroll.seeds[shard]);
  }

  @Override
  public Optional<Shelf<?>> shelf() {
    return Optional.of(workers);
  }
}
