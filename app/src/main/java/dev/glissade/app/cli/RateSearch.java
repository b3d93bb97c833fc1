package dev.glissade.app.cli;

import dev.glissade.Seeds;
import dev.glissade.app.cli.Table.Column;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Random search for the meta learning rate: short trainings at rates drawn log-uniformly, judged
/// by their validation loss, as in the paper.
final class RateSearch {

  private static final double LOWEST = 1e-4;
  private static final double HIGHEST = 1e-1;

  /// A trial trains on this part of the episodes of the whole run.
  static final double PART = 0.1;

  private RateSearch() {}

  /// One rate that was tried.
  ///
  /// @param loss the best validation loss of a short training; +∞ if all diverged
  record Trial(double learningRate, double loss) {}

  /// Tries so many rates.
  ///
  /// @return all trials, by rate
  static List<Trial> search(Context context, TrainingPlan plan, int count) {
    long episodes = Math.max(1, (long) (PART * plan.configuration().episodes()));
    TrainingPlan shorter = plan.with("episodes", episodes);
    List<Trial> trials = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double u = Seeds.stream(plan.configuration().seed(), "search-rate", i).nextDouble();
      double rate = LOWEST * Math.pow(HIGHEST / LOWEST, u);
      String title = "rate %d of %d".formatted(i + 1, count);
      try (TrainingProgress progress = new TrainingProgress(context.console(), title, 0, shorter)) {
        double loss = shorter.with("learningRate", rate).training().run(progress).validationLoss();
        trials.add(new Trial(rate, loss));
      }
    }
    trials.sort(Comparator.comparingDouble(Trial::learningRate));
    print(context.console(), trials, episodes);
    return trials;
  }

  /// The trial with the lowest loss.
  ///
  /// @throws FailureException if every one diverged
  static Trial best(List<Trial> trials) throws FailureException {
    Trial best = trials.stream().min(Comparator.comparingDouble(Trial::loss)).orElseThrow();
    if (!Double.isFinite(best.loss)) {
      throw new FailureException("every meta learning rate diverged: try a smaller --output-scale");
    }
    return best;
  }

  private static void print(Console console, List<Trial> trials, long episodes) {
    console.print("Meta learning rates, %s episodes each:".formatted(Numbers.count(episodes)));
    Table table = new Table(Column.number("rate", 0), Column.number("validation loss", 0));
    for (Trial trial : trials) {
      table.add(Numbers.digits(trial.learningRate, 3), Numbers.loss(trial.loss));
    }
    table.print(console);
    console.print("");
  }
}
