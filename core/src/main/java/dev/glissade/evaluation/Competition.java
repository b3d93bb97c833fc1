package dev.glissade.evaluation;

import java.util.ArrayList;
import java.util.List;

/// A comparison that first tunes what must be tuned.
public final class Competition {

  private final Evaluation evaluation;
  private final Tuning tuning;
  private final List<Entrant> entrants;

  /// Sets up a competition among entrants.
  ///
  /// @param evaluation the TEST instances
  /// @param tuning of the baselines
  /// @param entrants the optimizers, with a name of its own each
  public Competition(Evaluation evaluation, Tuning tuning, List<Entrant> entrants) {
    Entrant.requireDistinct(entrants);
    this.evaluation = evaluation;
    this.tuning = tuning;
    this.entrants = List.copyOf(entrants);
  }

  /// The instances on which all entrants are compared.
  public Evaluation evaluation() {
    return evaluation;
  }

  /// About how many runs the competition takes, tuning included.
  public long runs() {
    long runs = (long) entrants.size() * evaluation.instances();
    for (Entrant entrant : entrants) {
      runs += tuning.runs(entrant);
    }
    return runs;
  }

  /// The bytes that the competition takes at least: all curves of all entrants, or those of a
  /// search for a rate.
  public double leastBytes() {
    boolean tunes = entrants.stream().anyMatch(entrant -> tuning.runs(entrant) > 0);
    return Math.max(entrants.size() * evaluation.leastBytes(), tunes ? tuning.leastBytes() : 0);
  }

  /// Tunes what must be tuned, and compares all entrants.
  ///
  /// @param progress is told of each run when it is done
  public Comparison run(RunListener progress) {
    return Comparison.run(evaluation, tuned(progress), progress);
  }

  /// Tunes what must be tuned, and compares all entrants, as far as their runs are not kept
  /// already.
  ///
  /// @param kept where runs are looked for, and kept as soon as they are made
  /// @param progress is told of each run when it is there
  public Comparison run(KeptRuns kept, RunListener progress) {
    return Comparison.run(evaluation, tuned(progress), kept, progress);
  }

  private List<Contender> tuned(RunListener progress) {
    List<Contender> contenders = new ArrayList<>();
    for (Entrant entrant : entrants) {
      contenders.add(tuning.contender(entrant, progress));
    }
    return contenders;
  }
}
